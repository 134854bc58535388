"""SciPy's BFGS with finite differences, on a function that the caller evaluates.

A line of standard input is a start. Each line of standard output asks for the value at a point,
which the next line of standard input has, or says where an iteration or the run ended.
"""

import sys

from scipy import optimize


def say(what, x):
    print(what, *(float(v).hex() for v in x), flush=True)


def value(x):
    say("value", x)
    return float.fromhex(sys.stdin.readline())


for line in iter(sys.stdin.readline, ""):
    start = [float.fromhex(v) for v in line.split()]
    end = optimize.minimize(value, start, method="BFGS", callback=lambda x: say("iterate", x))
    say("end", end.x)
