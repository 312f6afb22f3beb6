# first line
# vim: set fileencoding=latin-1 :
A = "café"
B = 2
