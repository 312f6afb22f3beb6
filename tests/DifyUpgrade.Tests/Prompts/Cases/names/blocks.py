import contextlib
if True:
    A = 1
elif False:
    B = 2
else:
    C = 3
if A: D = 4; E = 5
else: F = 6
for G in range(2): H = G
for (I, [J, *K]) in [(1, [2, 3])]:
    if I:
        L = 1
    continue
else:
    M = 1
while (N := 3) > 5:
    O = 1
else: P = 2
try:
    Q = 1
    raise ValueError
except (TypeError, ValueError) as error:
    R = 1
except OSError: S = 1
else:
    T = 1
finally:
    U = 1
with contextlib.nullcontext((1, 2)) as (V, W), contextlib.nullcontext() as X: Y = 1
with (contextlib.nullcontext() as Z, contextlib.nullcontext(3) as a,):
    b = 1
with (contextlib.nullcontext()): c = 1
error = 1
try: pass
except ValueError as error: pass
if A:
	TAB = 1
	if A:
		DEEP = 2
if A:

    # a comment first
  # and one that is indented otherwise
    COMMENTED = 1

  
AFTER = 1
if lambda: 0: LAMBDA_HEADER = 1
try:
    pass
finally: FIN = 1
