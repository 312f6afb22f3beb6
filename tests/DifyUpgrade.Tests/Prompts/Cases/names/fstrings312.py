# needs 3.12
A = "a"
B = f"{"same quotes"}" f'{'x' + f'{'y'}'}'
C = f"{A + "}" + '{'}"
D = f"{
    A  # a comment with } and "
}"
E = f"""{f'''{
    f"{A}"}'''}"""
F = f"{A!r:{'>' + "10"}}"
G = f"\{A}" f"{'\n'.join([A])}"
H = f"{(W := 3):>{W}}"
