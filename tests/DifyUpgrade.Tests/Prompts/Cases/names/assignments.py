A = B = C = "three"
D, E = 1, 2
(F, [G, *H]) = 1, [2, 3, 4]
I, = [1]
J: str = "annotated"
K: str
(L): int = 3
M = 1; N = 2; O_ = 3 if False else 4
M += 1
class Box: x = {}
Box.attr = 1
box = Box()
box.x["k"] = P = 5
box.attr: int = 3
box.x["z"]: int
(box).y = 1
(box.w), Q = 1, 2
T = lambda x=1, *, y=2: x
U = {"a": 1, "b": [k for k in range(3)]}
V = U["a"] == 1
W = X = lambda: (NOT := 1)
Y = {z: 1 for z in range(3)}
a = b, c = 1, 2
*d, e = 1, 2, 3
f: "lambda: 0" = 1
g = h = i = \
    3
j = (
    1,
    2,
)
k = x if (x := 4) else 0
l = [y := 1, y ** 2]
def deco(q): return lambda fn: fn
m = yield_ = 3
__all__ = ["A"]
__all__ += ["B"]
naïve = Ｆｕｌｌ = 变量 = 1
