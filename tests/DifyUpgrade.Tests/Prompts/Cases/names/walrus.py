print(A := 1)
B = [C := 1, (D := 2)]
E = [F := x for x in range(3)]
G = f"{(H := 5)}" f"{H:=^10}"
I = lambda: [J := 1]
K = (lambda a=(L := 1): (M := 2), (N := 3))
O = {(P := 1): 2, "q": (Q := 3)}
R = [lambda: (S := 1) for T in range(2) if (U := 1)]
V = [1, 2, 3][(W := 1):]
X = {lambda: (Y := 1): (Z := 2)}
assert (a := True)
del (b := {"k": 1})["k"]
if (c := 1) and (d := 0): pass
