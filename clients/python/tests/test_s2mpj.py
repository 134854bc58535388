"""A folder of classes in the style of S2MPJ is a set of problems."""

import sys

import numpy as np

CHAIN = '''
import numpy as np
from lib import Base

class CHAIN(Base):
    """The chained function of Rosenbrock, with columns as S2MPJ has them."""

    def __init__(self, *args):
        self.n = args[0] if args else 4
        self.x0 = np.full((self.n, 1), -1.0)
        self.m = 0
        self.xlower = np.full((self.n, 1), -np.inf)
        self.objlower = 0.0

    def fx(self, x):
        return self.fgx(x)[0]

    def fgx(self, x):
        x = x[:, 0]
        a, b = x[1:] - x[:-1] ** 2, 1 - x[:-1]
        g = np.zeros_like(x)
        g[1:] += 200 * a
        g[:-1] += -400 * a * x[:-1] - 2 * b
        return 100 * a @ a + b @ b, g.reshape(-1, 1)

    def fgHx(self, x):
        f, g = self.fgx(x)
        y = x[:, 0]
        H = np.zeros((self.n, self.n))
        for i in range(self.n - 1):
            H[i, i] += 1200 * y[i] ** 2 - 400 * y[i + 1] + 2
            H[i + 1, i + 1] += 200
            H[i, i + 1] = H[i + 1, i] = -400 * y[i]
        return f, g, H

    def fHxv(self, x, v):
        return self.fgHx(x)[2] @ v
'''
BOUNDED = CHAIN.replace("CHAIN", "BOUNDED").replace("np.full((self.n, 1), -np.inf)", "np.zeros((self.n, 1))")
SUITE = """
processes: {cutest: [PYTHON, -m, gdbench.s2mpj, ./problems]}
problems: [{name: cutest.CHAIN, args: [6]}]
methods: [bfgs, newton, trust-region]
"""


def write(folder, **files):
    (folder / "problems").mkdir()
    for name, text in {"lib": "class Base:\n    pass\n", **files}.items():
        (folder / "problems" / f"{name}.py").write_text(text)


def test_problem(run, tmp_path):
    write(tmp_path, CHAIN=CHAIN)
    records = run(SUITE)
    for record in records:
        assert record["variables"] == 6 and record["status"] == "converged", record["message"]
        np.testing.assert_allclose(record["final"]["x"], np.ones(6), atol=1e-4)
    assert records[1]["counts"]["hessians"] > 0


def test_bounds(gdbench, tmp_path):
    """A problem with bounds is refused, with the reason."""
    write(tmp_path, BOUNDED=BOUNDED)
    said = gdbench("eval", "s2mpj.BOUNDED", "--process", f"{sys.executable} -m gdbench.s2mpj {tmp_path / 'problems'}", code=2)
    assert "BOUNDED has bounds on the variables; expected a problem without" in said


def test_no_problems(gdbench, tmp_path):
    write(tmp_path)
    assert "has no problem" in gdbench("list", "problems", "--process", f"{sys.executable} -m gdbench.s2mpj {tmp_path / 'problems'}", code=2)
