A = B = C = D = E = F = 1
del A
del (B, [C]), D
D = 2
box = {"a": 1}
del box["a"]
if A_NOT := False:
    del E
F = 1
if A_NOT:
    del F
F = 3
for G in range(1): pass
del G
