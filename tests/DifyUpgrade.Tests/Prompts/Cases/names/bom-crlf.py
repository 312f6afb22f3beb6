A = 1
B = """x
y"""
if A:
	C = \
		2
D = 3E = 4
