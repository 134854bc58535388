"""SciPy over the wire is SciPy in process: iterates, counts and messages."""

import numpy as np
import pytest

optimize = pytest.importorskip("scipy.optimize")

START = np.array([-1.2, 1.0])
SUITE = """
processes:
  scipy: [PYTHON, -m, gdbench.scipy]
problems: [rosenbrock]
stop: {gradient: 0}
budget: {iterations: 100000}
methods:
"""
TOGETHER = ["BFGS", "CG", "L-BFGS-B", "TNC"]
SEPARATE = {"trust-exact": "hess", "trust-ncg": "hessp", "dogleg": "hess"}


def test_counts(run):
    """gdbench counts what SciPy says that it asked."""
    lines = "".join(f"  - {{name: scipy.{m}, gtol: 1e-5}}\n" for m in [*TOGETHER, *SEPARATE])
    records = run(SUITE + lines)
    for record, name in zip(records, [*TOGETHER, *SEPARATE]):
        options = {"gtol": 1e-5, "ftol": 0.0} if name in ("L-BFGS-B", "TNC") else {"gtol": 1e-5}
        if name == "TNC":
            options.update(xtol=0.0, maxfun=10**9)
        keywords = {}
        if name in SEPARATE:
            keywords = {"hess": optimize.rosen_hess} if SEPARATE[name] == "hess" else {"hessp": optimize.rosen_hess_prod}
        here = optimize.minimize(optimize.rosen, START, jac=optimize.rosen_der, method=name, options=options, **keywords)
        counts = record["counts"]
        assert record["status"] == "stalled", record["message"]
        assert here.message in record["message"]
        assert abs(counts["values"] - here.nfev) <= 0, (name, counts, here)
        if name in SEPARATE:
            assert counts["gradients"] == here.njev, (name, counts, here)
        np.testing.assert_allclose(record["final"]["x"], here.x, rtol=1e-6)


def test_least_squares(run):
    """least_squares asks for residuals, and is observed where it takes the Jacobian."""
    records = run(SUITE + "  - {name: scipy.least-squares-trf}\n")
    assert records[0]["final"]["gap"] < 1e-20
    assert records[0]["counts"]["gradients"] > 3


def test_skipped(run):
    """What a problem lacks is a reason to skip."""
    records = run(SUITE.replace("[rosenbrock]", "[{name: quadratic, dim: 2, condition: 2}]") + "  - scipy.least-squares-lm\n  - scipy.BFGS\n")
    assert [r["status"] for r in records] == ["skipped", "stalled"]
    assert "residuals" in records[0]["message"]
