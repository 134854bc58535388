"""Methods and problems in Python for gdbench, a benchmark of descent methods.

A file of your own with a method in it:

    import gdbench

    @gdbench.method
    def momentum(f, x, *, lr: float = 0.1, beta: float = 0.9):
        "Gradient descent with momentum."
        v = 0 * x
        while True:
            v = beta * v - lr * f.gradient(x)
            x = x + v
            yield x

    gdbench.serve()

and a suite that runs it beside gdbench's own:

    processes:
      mine: [python3, ./mine.py]
    methods: [mine.momentum, adam]

gdbench is the referee: it counts what the method asks, and ends the run. docs/languages.md is
a tutorial, docs/protocol.md the protocol.
"""

from ._components import Parameter, length, method, parameter, problem
from ._gate import GateFailed, gate
from ._gate import write_baseline as baseline
from ._oracle import Oracle
from ._read import read
from ._serve import serve
from ._wire import Stop
from ._write import Cell, write_run

__all__ = [
    "Cell", "GateFailed", "Oracle", "Parameter", "Stop",
    "baseline", "gate", "length", "method", "parameter", "problem", "read", "serve", "write_run",
]  # fmt: skip
