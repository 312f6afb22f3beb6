match = 1
case = 2
type = 3
_ = 4
match.real if False else 0
match + 1
print(match, case, type)
match [1, 2]:
    case [A, 2]:
        B = 1
    case [C, *D] if (E := 0): F = 1
    case {"k": G, **H}: pass
    case int(real=K) | complex(real=K): pass
    case (L, (M, _)) as N: pass
    case -1 | "s" | None: pass
    case match.real: pass
match match, case:
    case O, P: Q = 1
match (match):
    case R:
        match R:
            case S: T = 1
        U = 1
match = {match: 1}
case = [case]
type: int = 4
