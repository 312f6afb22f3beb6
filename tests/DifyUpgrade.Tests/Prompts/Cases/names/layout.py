#!/usr/bin/env python3
# -*- coding: utf-8 -*-


A = (1 +

     2)  # trailing
B = [
    "a",  # "
    'b',
  # comment )
]
C = 1 \
  + 2
D = {
"k": (1,
2),
}; E = 2
if A: \
    F = 1
if (A
    and B):
    G = 1
H = 0xFF + 0o17 + 0b11 + 1_000 + 1.5e-3 + .5j + 1j.real + 1. + 1E5 + 1..real
I = 1if 1else 2
J = ... if 1 != 2 else 1 <= 2
K = [1, 2][-1:] @ L if False else ~1 >> 2 << 3 // 4 ** 5
def f(a, /, b, *, c) -> "x": return a
L = 1	+	2 ;
if 1: pass;
M = 5
N = 1  # no newline at the end