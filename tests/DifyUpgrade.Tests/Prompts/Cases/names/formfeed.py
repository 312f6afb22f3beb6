A = 1

if A:
    B = 1
    C = 2
D = "  😀"
