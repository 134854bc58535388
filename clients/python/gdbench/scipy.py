"""The gradient-based methods of scipy.optimize, unchanged, as methods of gdbench.

    python3 -m gdbench.scipy

Every method of minimize that uses gradients, with its options, and least_squares. Their loops
are SciPy's own; what they ask goes to gdbench, whose counts equal nfev, njev and nhev.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

import numpy as np
import scipy
from scipy import optimize

from ._components import Component, METHODS, Parameter, add
from ._oracle import Oracle
from ._serve import serve

# gdbench ends a run by the budget and the stop of the suite. SciPy's own limits are out of the
# way, and its tolerances as small as it lets them be, unless a suite writes others.
_ITERATIONS = 2_000_000_000


def _minimize(name: str, hessian: Optional[str] = None, together: bool = False) -> Callable[..., str]:
    """A method of minimize. Those that want value and gradient at every point get them together,
    as one evaluation; the others ask for a gradient only where they use it."""

    def run(f: Oracle, x: np.ndarray, **options: Any) -> str:
        keywords: Dict[str, Any] = {"method": name, "jac": True if together else f.gradient, "options": dict(options)}
        limits = {"L-BFGS-B": ["maxiter", "maxfun"], "TNC": ["maxfun"]}.get(name, ["maxiter"])
        keywords["options"].update({limit: _ITERATIONS for limit in limits})
        if hessian == "product":
            keywords["hessp"] = f.hessian_product
        elif hessian == "matrix":
            keywords["hess"] = f.hessian
        keywords["callback"] = f.iterate
        if name == "trust-constr":
            keywords["callback"] = lambda x, state: f.iterate(x)
        result = optimize.minimize(f.evaluate if together else f.value, x, **keywords)
        return _ending(result)

    return run


def _ending(result: Any) -> str:
    """SciPy's message, and what it has counted itself."""
    counts = ", ".join(f"{name} {result[name]}" for name in ("nfev", "njev", "nhev") if result.get(name) is not None)
    return f"{result.message} ({counts})"


def _least_squares(f: Oracle, x: np.ndarray, *, method: str, **options: Any) -> str:
    state: Dict[str, Any] = {"x": None}

    def jacobian(x: np.ndarray) -> np.ndarray:
        if state["x"] is not None:  # it asks at accepted points only
            f.iterate(x)
        state["x"] = x.copy()
        return f.jacobian(x)[1]

    result = optimize.least_squares(f.residuals, x, jac=jacobian, method=method, max_nfev=_ITERATIONS, **options)
    if state["x"] is None or not np.array_equal(state["x"], result.x):
        f.iterate(result.x)
    return _ending(result)


def _declare(name: str, run: Callable[..., Any], summary: str, parameters: List[Dict[str, Any]], **more: Any) -> None:
    about = {"name": name, "summary": summary, "parameters": parameters, "source": f"SciPy {scipy.__version__}, scipy.optimize", **more}
    add(METHODS, Component(name, run, about, isolate=False))  # which keeps nothing between calls


def _number(name: str, default: float, doc: str, range: str = "[0,)") -> Dict[str, Any]:
    return Parameter(default, range, (), doc).declared(name)


def _integer(name: str, default: int, doc: str, range: str = "[1,)") -> Dict[str, Any]:
    return _number(name, default, doc, range)


def _register() -> None:
    gtol = _number("gtol", 0.0, "ends when the norm of the gradient is at most this; 0: gdbench decides")
    _declare("BFGS", _minimize("BFGS", together=True), "minimize, method BFGS", [gtol], family="bfgs")
    _declare("CG", _minimize("CG", together=True), "minimize, method CG: nonlinear conjugate gradients by Polak and Ribière", [gtol], family="conjugate-gradient")
    _declare(
        "L-BFGS-B", _minimize("L-BFGS-B", together=True), "minimize, method L-BFGS-B, without bounds",
        [_integer("maxcor", 10, "pairs of steps that it remembers"), _number("ftol", 0.0, "ends when the relative decrease is at most this"),
         gtol, _integer("maxls", 20, "trials of a line search")], family="lbfgs",
    )  # fmt: skip
    _declare(
        "TNC", _minimize("TNC", together=True), "minimize, method TNC: truncated Newton, without bounds",
        [_number("ftol", 0.0, "ends when the decrease is at most this"), gtol, _number("xtol", 0.0, "ends when a step is at most this"),
         _number("eta", 0.25, "severity of the line search")],
    )  # fmt: skip
    _declare("SLSQP", _minimize("SLSQP"), "minimize, method SLSQP, without constraints", [_number("ftol", 1e-300, "ends when the decrease is at most this", "(0,)")])
    _declare(
        "Newton-CG", _minimize("Newton-CG", "product"), "minimize, method Newton-CG with Hessian products",
        [_number("xtol", 1e-300, "ends when a step is at most this", "(0,)")], needs=["hessian_product"],
    )  # fmt: skip
    # With both the gradient and gtol 0 their loops never end.
    radii = [_number("initial_trust_radius", 1.0, "first trust radius", "(0,)"), _number("max_trust_radius", 1000.0, "largest trust radius", "(0,)"),
             _number("eta", 0.15, "least ratio of decreases for which a step is taken", "[0,0.25)"),
             _number("gtol", 1e-300, "ends when the norm of the gradient is less than this", "(0,)")]  # fmt: skip
    for name, hessian in {"dogleg": "matrix", "trust-exact": "matrix", "trust-ncg": "product", "trust-krylov": "product"}.items():
        _declare(name, _minimize(name, hessian), f"minimize, method {name}", radii if name != "trust-krylov" else radii[:2] + radii[3:],
                 needs=["hessian_product" if hessian == "product" else "hessian"])  # fmt: skip
    _declare(
        "trust-constr", _minimize("trust-constr", "product"), "minimize, method trust-constr, without constraints",
        [_number("gtol", 1e-300, "ends when the norm of the gradient is at most this", "(0,)"), _number("xtol", 1e-300, "ends when the trust radius is at most this", "(0,)"),
         _number("initial_tr_radius", 1.0, "first trust radius", "(0,)")], needs=["hessian_product"],
    )  # fmt: skip
    tolerances = [_number("ftol", 3e-16, "ends when the relative decrease is at most this", "(0,)"), _number("xtol", 3e-16, "ends when the relative step is at most this", "(0,)"),
                  _number("gtol", 3e-16, "ends when the scaled gradient is at most this", "(0,)")]  # fmt: skip
    for name in ("trf", "dogbox", "lm"):
        _declare("least-squares-" + name, lambda f, x, _name=name, **options: _least_squares(f, x, method=_name, **options),
                 f"least_squares, method {name}", tolerances, needs=["residuals"])  # fmt: skip


if __name__ == "__main__":
    _register()
    serve("scipy", f"scipy {scipy.__version__}, numpy {np.__version__}")
