"""Problems in the style of S2MPJ, as problems of gdbench.

    processes:
      cutest: [python3, -m, gdbench.s2mpj, ./problems]
    problems: [cutest.ROSENBR, {name: cutest.SROSENBR, args: [100]}]

S2MPJ (Gratton and Toint 2024, arXiv:2407.07812) translates the problems of CUTEst into classes in
Python: a file ROSENBR.py has a class ROSENBR whose instances have n, x0 and the methods

- fx(x), fgx(x) and fgHx(x): the value, also with the gradient, also with the Hessian;
- fHxv(x, v): the Hessian times a vector.

The files are used unchanged, with s2mpjlib.py among them if they import it. Problems that have bounds
or constraints are refused when they are built: gdbench minimizes without constraints.
"""

from __future__ import annotations

import glob
import hashlib
import importlib.util
import os
import sys
from typing import Any, Callable, Dict, Tuple

import numpy as np

from ._components import PROBLEMS, Component, Parameter, add
from ._serve import serve


def _dense(of: Any) -> np.ndarray:
    """An array of a matrix, a sparse matrix or a column."""
    return np.asarray(of.toarray() if hasattr(of, "toarray") else of, dtype=float)


def _constrained(p: Any, n: int) -> str:
    """What a problem has that gdbench does not know; empty: nothing."""
    if int(getattr(p, "m", 0) or 0) > 0:
        return f"{p.m} constraints"
    for name in ("xlower", "xupper"):  # ±1e20 and beyond are none
        bound = getattr(p, name, None)
        if bound is not None and np.size(bound) == n and not (np.abs(_dense(bound)) >= 1e20).all():
            return "bounds on the variables"
    return ""


def _problem(make: Callable[..., Any]) -> Callable[..., Any]:
    class Problem:
        def __init__(self, *, args: Any = ()):
            self._p = p = make(*[int(a) if float(a).is_integer() else float(a) for a in args])
            self.start = _dense(p.x0).ravel()
            n = self.start.size
            found = _constrained(p, n)
            if found:
                raise ValueError(f"{make.__name__} has {found}; expected a problem without")
            lowest = getattr(p, "objlower", None)  # a bound of f, which its minimum attains only where the file says so
            if lowest is not None and np.isfinite(lowest):
                self.notes = [f"the file says that f is at least {float(lowest):g}"]

        def _column(self, x: np.ndarray) -> np.ndarray:
            return x.reshape(-1, 1)

        def value(self, x: np.ndarray) -> float:
            return float(np.squeeze(_dense(self._p.fx(self._column(x)))))

        def evaluate(self, x: np.ndarray) -> Tuple[float, np.ndarray]:
            f, g = self._p.fgx(self._column(x))[:2]
            return float(np.squeeze(_dense(f))), _dense(g).ravel()

        def hessian(self, x: np.ndarray) -> np.ndarray:
            return _dense(self._p.fgHx(self._column(x))[2])

        def hessian_product(self, x: np.ndarray, v: np.ndarray) -> np.ndarray:
            return _dense(self._p.fHxv(self._column(x), self._column(v))).ravel()

    if not hasattr(make, "fgHx"):
        del Problem.hessian
    if not hasattr(make, "fHxv"):
        del Problem.hessian_product
    return Problem


def register(folder: str) -> str:
    """Declare the problems of a folder; the version that its files are."""
    sys.path.insert(0, folder)  # s2mpjlib
    digest = hashlib.sha256()
    for path in sorted(glob.glob(os.path.join(folder, "*.py"))):
        with open(path, "rb") as content:
            digest.update(content.read())
        name = os.path.splitext(os.path.basename(path))[0]
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        make = getattr(module, name, None)
        if not isinstance(make, type) or not hasattr(make, "fgx") or not hasattr(make, "fx"):
            continue  # a library
        about: Dict[str, Any] = {
            "name": name, "summary": f"{name} of a folder in the style of S2MPJ",
            "parameters": [Parameter((), doc="arguments of the problem, such as its size", type="numbers").declared("args")],
        }  # fmt: skip
        add(PROBLEMS, Component(name, _problem(make), about))
    if not PROBLEMS:
        raise FileNotFoundError(f"{folder} has no problem: expected files such as ROSENBR.py with a class ROSENBR that has x0, fx and fgx")
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -m gdbench.s2mpj FOLDER")
    problems = os.path.abspath(sys.argv[1])
    serve("s2mpj", register(problems))
