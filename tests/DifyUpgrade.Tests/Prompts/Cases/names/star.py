from os.path import *
from json import loads
A = 1
