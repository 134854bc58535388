"""A folder of benchopt is problems and methods, unchanged."""

import sys

import numpy as np
import pytest

FILES = {
    "objective.py": '''
from benchopt import BaseObjective, safe_import_context
with safe_import_context() as import_ctx:
    import numpy as np

class Objective(BaseObjective):
    name = "Ridge Regression"
    parameters = {"reg": [0.5, 1.0], "fit, extra": [(False, None)]}
    min_benchopt_version = "1.5"

    def set_data(self, X, y):
        self.X, self.y = X, y

    def evaluate_result(self, beta):
        r = self.X @ beta - self.y
        return dict(value=r @ r / 2 + self.reg * beta @ beta / 2, largest=abs(beta).max())

    def get_one_result(self):
        return dict(beta=np.zeros(self.X.shape[1]))

    def get_objective(self):
        return dict(X=self.X, y=self.y, reg=self.reg)
''',
    "datasets/simulated.py": '''
from benchopt import BaseDataset
from benchopt.datasets import make_correlated_data

class Dataset(BaseDataset):
    name = "Simulated"
    parameters = {"n_samples, n_features": [(30, 4), (60, 8)], "rho": [0.5]}

    def get_data(self):
        X, y, _ = make_correlated_data(self.n_samples, self.n_features, rho=self.rho, random_state=3)
        return dict(X=X, y=y)
''',
    "datasets/missing.py": '''
from benchopt import BaseDataset, safe_import_context
with safe_import_context() as import_ctx:
    import surely_not_installed

class Dataset(BaseDataset):
    name = "missing"
''',
    "solvers/gd.py": '''
from benchopt import BaseSolver
from benchmark_utils.steps import step
import numpy as np

class Solver(BaseSolver):
    name = "Python-GD"
    sampling_strategy = "callback"
    parameters = {"factor": [1.0]}

    def set_objective(self, X, y, reg):
        self.X, self.y, self.reg = X, y, reg

    def run(self, callback):
        self.beta = np.zeros(self.X.shape[1])
        while callback():
            self.beta = self.beta - self.factor * step(self.X, self.reg) * (self.X.T @ (self.X @ self.beta - self.y) + self.reg * self.beta)

    def get_result(self):
        return dict(beta=self.beta)
''',
    "solvers/again.py": '''
from benchopt import BaseSolver
from benchmark_utils.steps import step
import numpy as np

class Solver(BaseSolver):
    name = "again"
    sampling_strategy = "iteration"

    def skip(self, X, y, reg):
        return reg > 5, "reg is too large"

    def set_objective(self, X, y, reg):
        self.X, self.y, self.reg = X, y, reg

    def run(self, n_iter):
        self.beta = np.zeros(self.X.shape[1])
        for _ in range(n_iter):
            self.beta = self.beta - step(self.X, self.reg) * (self.X.T @ (self.X @ self.beta - self.y) + self.reg * self.beta)

    def get_result(self):
        return dict(beta=self.beta)
''',
    "solvers/exact.py": '''
from benchopt import BaseSolver
import numpy as np

class Solver(BaseSolver):
    name = "exact"
    sampling_strategy = "run_once"

    def set_objective(self, X, y, reg):
        self.X, self.y, self.reg = X, y, reg

    def run(self, _):
        self.beta = np.linalg.solve(self.X.T @ self.X + self.reg * np.eye(self.X.shape[1]), self.X.T @ self.y)

    def get_result(self):
        return dict(beta=self.beta)
''',
    "benchmark_utils/__init__.py": "",
    "benchmark_utils/steps.py": '''
import numpy as np

def step(X, reg):
    return 1 / (np.linalg.norm(X, 2) ** 2 + reg)
''',
}


@pytest.fixture
def benchmark(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "benchmark_ridge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "benchmark_ridge"


SUITE = """
processes: {ridge: [PYTHON, -m, gdbench.benchopt, ./benchmark_ridge]}
problems: [{name: ridge.Simulated, reg: [0.5, 1], label: simulated}]
budget: {iterations: 30}
stop: {gradient: 1e-6}
trace: {every: 1}
diagnostics: []
methods:
"""


def test_benchmark(run, benchmark, gdbench):
    """Solvers descend on the problem of the folder, beside ours; the exact one shows where f* is."""
    records = run(
        SUITE.replace("[0.5, 1]", "0.5")
        + "  - {name: ridge.Python-GD, reg: 0.5}\n  - {name: ridge.again, reg: 0.5}\n  - {name: ridge.exact, reg: 0.5}\n  - bfgs\n"
    )
    gd, again, exact, bfgs = records
    assert gd["trace"]["value"] == again["trace"]["value"] and gd["counts"] == again["counts"]
    assert gd["counts"]["gradients"] == gd["iterations"] and gd["counts"]["values"] == gd["iterations"] + 1
    assert gd["variables"] == 4 and gd["status"] == "budget"
    values = np.array(gd["trace"]["value"])
    assert (np.diff(values) < 0).all() and exact["final"]["value"] < values[-1]
    assert exact["iterations"] == 1 and bfgs["final"]["value"] == pytest.approx(exact["final"]["value"], rel=1e-9)
    listed = gdbench("list", "problems", "--process", f"{sys.executable} -m gdbench.benchopt {benchmark}")
    assert "benchmark_ridge.Simulated" in listed and "benchmark_ridge.missing" not in listed


def test_other_data(gdbench, benchmark, tmp_path):
    """A solver with other data than the problem fails, and so does one that refuses the problem."""
    lines = "  - {name: ridge.Python-GD, reg: 0.5}\n  - {name: ridge.again, reg: 9}\n"
    (tmp_path / "suite.yaml").write_text("suite: t\n" + SUITE.replace("[0.5, 1]", "[9]").replace("PYTHON", sys.executable) + lines)
    gdbench("run", tmp_path / "suite.yaml", "--out", tmp_path / "run", "--no-report", code=1)
    from gdbench._read import records

    first, second = records(tmp_path / "run")
    assert first["status"] == "failed" and "give both the same parameters" in first["message"]
    assert second["status"] == "failed" and "reg is too large" in second["message"]


def test_no_benchmark(gdbench, tmp_path):
    assert "it has no objective.py" in gdbench("list", "problems", "--process", f"{sys.executable} -m gdbench.benchopt {tmp_path}", code=2)
