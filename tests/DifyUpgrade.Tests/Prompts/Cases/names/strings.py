'''Module text with FAKE = 1
and "quotes" inside.'''
A = "one"
B = 'it\'s = fine'
C = """three
D_NOT = 1
"""
D = r"raw \" still open" + R'\\'
E = b"bytes" rb'\d' Rb"""
F_NOT = 2
"""
F = ("implicit "
     'concatenation '
     """of three""" f"and four {A}")
G = u"u" "" ''
H = '''a ' b '' c \''' d''' ; I = ""
J = "back\
slash continues = 1"
K = "#no comment" # L_NOT = 1
M = "\N{BULLET}" "\\"
N = f"""{A
}
O_NOT = {B!r:>{10}}
"""
P = f"{{literal}} {A} }}" rf"\{A}" f"\N{BULLET}{A}"
Q = f'{A:<10}{B=}{len(A)!s:^{len(B)}}'
R = f"{ {'k': 1}['k'] }" F'{(lambda x: x)(1)}' fR"{A!r}"
