"""The suite solvers: what gdbench counts is what the solvers have counted themselves."""

import json
import pathlib
import re

import numpy as np
import pytest

optimize = pytest.importorskip("scipy.optimize")
torch = pytest.importorskip("torch")

SUITE = pathlib.Path(__file__).resolve().parents[3] / "suites" / "solvers.yaml"


def _records(folder):
    from gdbench._read import records

    return list(records(folder))


def test_suite(gdbench, tmp_path):
    """Its claims hold, as the exit code says, the report has its profiles, and nothing fails."""
    gdbench("run", SUITE, "--out", tmp_path / "run")
    records = _records(tmp_path / "run")
    assert len(records) == 129 * 15
    assert {r["status"] for r in records} <= {"converged", "budget", "stalled"}
    report = tmp_path / "run" / "report"
    for name in ("performance-profile-passes", "data-profile-evaluations"):
        assert (report / "figures" / (name + ".svg")).exists()
    reached = [line for line in (report / "ranking.txt").read_text().splitlines() if re.search(r"\d+/129", line)]
    assert len(reached) == 15
    text = json.loads((tmp_path / "run" / "manifest.json").read_text())
    assert all(0 < p["seconds_round_trip"] < 1 for p in text["processes"])


def test_counts_of_scipy(gdbench, tmp_path):
    """On all problems: nfev and njev, which SciPy says at its end, are the counts.

    BFGS, CG and L-BFGS-B get the gradient with each value, so that theirs is a count of nfev. Where
    a line search of L-BFGS-B runs into NaN, SciPy asks more often than it says.
    """
    gdbench("run", SUITE, "--out", tmp_path / "run", "--no-report", "--set", "stop.gap=0", "--set", "budget.evaluations=300",
            "--only", "method=[scipy.BFGS, scipy.CG, scipy.L-BFGS-B, scipy.trust-ncg, scipy.Newton-CG]", code=None)  # fmt: skip
    compared = {}
    for r in _records(tmp_path / "run"):
        own, method = re.search(r"\(nfev (\d+), njev (\d+)", r["message"]), r["labels"]["method"]
        if own is None or "ABNORMAL" in r["message"]:
            assert own is not None or r["status"] in ("budget", "diverged") or "stayed at one point" in r["message"], r["message"]
            continue
        values, gradients = map(int, own.groups())
        if method in ("scipy.BFGS", "scipy.CG", "scipy.L-BFGS-B"):
            gradients = values
        assert (r["counts"]["values"], r["counts"]["gradients"]) == (values, gradients), (r["labels"], r["message"])
        compared[method] = compared.get(method, 0) + 1
    assert len(compared) == 5 and min(compared.values()) > 60, compared


FUNCTIONS = '''
import numpy as np


def valley(x):
    a, b = x[:-1], x[1:]
    g = np.zeros(len(x))
    g[:-1] = -400 * a * (b - a * a) - 2 * (1 - a)
    g[1:] += 200 * (b - a * a)
    return float(100 * ((b - a * a) ** 2).sum() + ((1 - a) ** 2).sum()), g


def beale(x):
    r = [(i, y - x[0] * (1 - x[1] ** i)) for i, y in ((1, 1.5), (2, 2.25), (3, 2.625))]
    g = np.array([sum(-2 * v * (1 - x[1] ** i) for i, v in r), sum(2 * v * x[0] * i * x[1] ** (i - 1) for i, v in r)])
    return float(sum(v * v for _, v in r)), g


FUNCTIONS = {"valley": (valley, [-1.2, 1.0, -1.2, 1.0, -1.2]), "beale": (beale, [1.0, 1.0])}
'''
SERVED = """
import gdbench
from functions import FUNCTIONS


@gdbench.problem
class Function:
    "One of the functions above."

    def __init__(self, *, of: str):
        self.f, self.start = FUNCTIONS[of]

    def evaluate(self, x):
        return self.f(x)


gdbench.serve()
"""


@pytest.mark.parametrize("method", ["BFGS", "CG", "L-BFGS-B", "TNC"])
@pytest.mark.parametrize("of", ["valley", "beale"])
def test_counts_in_process(run, method, of):
    """SciPy over the wire asks as often as SciPy in process on the same function, and ends there too."""
    (record,) = run("processes: {scipy: [PYTHON, -m, gdbench.scipy], mine: [PYTHON, ./served.py]}\n"
                    f"problems: [{{name: mine.Function, of: {of}}}]\nstop: {{gradient: 0}}\nbudget: {{iterations: 100000}}\n"
                    f"methods: [{{name: scipy.{method}, gtol: 1e-5}}]\n", served=SERVED, functions=FUNCTIONS)  # fmt: skip
    space = {}
    exec(FUNCTIONS, space)
    f, start = space["FUNCTIONS"][of]
    options = {"gtol": 1e-5, **({"ftol": 0.0} if method in ("L-BFGS-B", "TNC") else {}), **({"xtol": 0.0, "maxfun": 10**9} if method == "TNC" else {})}
    here = optimize.minimize(f, start, jac=True, method=method, options=options)
    assert (record["counts"]["values"], record["counts"]["gradients"]) == (here.nfev, here.get("njev", here.nfev))
    assert record["final"]["x"] == list(here.x)


def test_counts_of_torch(run):
    """Steps of LBFGS with one iteration each cost what one step with all iterations does."""
    p = torch.nn.Parameter(torch.tensor([-1.2, 1.0], dtype=torch.float64))
    optimizer = torch.optim.LBFGS([p], max_iter=30, max_eval=10**6, line_search_fn="strong_wolfe", tolerance_grad=0, tolerance_change=0)

    def closure():
        p.grad = torch.from_numpy(optimize.rosen_der(p.detach().numpy()))
        return torch.tensor(optimize.rosen(p.detach().numpy()))

    optimizer.step(closure)
    (record,) = run("processes: {torch: {run: [PYTHON, -m, gdbench.torch], timeout: 120}}\nproblems: [rosenbrock]\nstop: {gradient: 0}\n"
                    "budget: {iterations: 30}\nmethods: [{name: torch.LBFGS, max_iter: 1, line_search: strong_wolfe, tolerance_grad: 0, tolerance_change: 0}]\n")  # fmt: skip
    assert record["counts"]["evaluations"] == optimizer.state[p]["func_evals"]
    np.testing.assert_allclose(record["final"]["x"], p.detach().numpy(), rtol=1e-9)
