"""Methods that measure what gdbench's pipes cost a program in Python. Each ends its run with a number."""
import time

import numpy as np
from scipy import optimize

import gdbench


def _least(work, batches=40, units=50):
    """Microseconds of a unit by the clock, in the batch that was disturbed least."""
    least = float("inf")
    for _ in range(batches):
        begin = time.perf_counter()
        for _ in range(units):
            work()
        least = min(least, (time.perf_counter() - begin) / units)
    return least * 1e6


def _sphere(x):
    return float(x @ x) / 2, x.copy()


@gdbench.method
def evaluation(f, x):
    "What an evaluation of the sphere takes more than in process, in microseconds."
    return f"measured {_least(lambda: f.evaluate(x)) - _least(lambda: _sphere(x)):.3f}"


def _valley(x):
    return optimize.rosen(x), optimize.rosen_der(x)


@gdbench.method
def scipy(f, x, *, of: str):
    "The time of a method of SciPy on Rosenbrock's function over its time in process."
    descend = lambda f: optimize.minimize(f, x, jac=True, method=of)  # noqa: E731
    wire = _least(lambda: descend(f.evaluate), 20, 1)
    return f"measured {wire / _least(lambda: descend(_valley), 20, 1):.4f}"


gdbench.serve("wire", "1")
