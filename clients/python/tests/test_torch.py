"""torch.optim and gdbench's own methods give the same iterates on the same batches."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

PAIRS = [
    ("Adam, lr: 0.01", "adam, lr: 0.01"),
    ("AdamW, lr: 0.01", "adamw, lr: 0.01"),
    ("SGD, lr: 0.01, momentum: 0.9", "heavy-ball, lr: 0.01, momentum: 0.9"),
    ("RMSprop, lr: 0.01", "rmsprop, lr: 0.01"),
    ("NAdam, lr: 0.01", "nadam, lr: 0.01"),
]
SUITE = """
processes:
  torch: {run: [PYTHON, -m, gdbench.torch], timeout: 120}
problems: [{name: logistic, data: breast-cancer, l2: 1e-2}]
budget: {epochs: 5}
trace: {every: 1, path: true}
methods:
"""


def test_same_iterates(run):
    lines = "".join(f"  - {{name: {of}, batch: 32}}\n" for theirs, ours in PAIRS for of in ("torch." + theirs, ours))
    records = run(SUITE + lines)
    for i, (name, _) in enumerate(PAIRS):
        theirs, ours = records[2 * i], records[2 * i + 1]
        assert theirs["counts"] == ours["counts"]
        off = np.abs(np.array(theirs["trace"]["x"]) - np.array(ours["trace"]["x"])).max()
        if name.startswith("NAdam") and torch.__version__ < "2":
            assert 1e-12 < off < 1e-3  # up to 1.13 it multiplies the product of momenta by one of them twice
        else:
            assert off < 1e-12, (name, off)


def test_schedule_and_line_search(run):
    records = run(
        SUITE.replace("budget: {epochs: 5}", "budget: {epochs: 20}")
        + "  - {name: torch.SGD, lr: 0.5}\n  - {name: torch.SGD, lr: 0.5, schedule: step, period: 1, gamma: 0.5}\n"
        + "  - {name: torch.LBFGS, lr: 1, max_iter: 1, line_search: strong_wolfe}\n"
    )
    full, decayed, lbfgs = [r["final"]["gap"] for r in records]
    assert full < decayed and lbfgs < full


MODEL = '''
import torch, gdbench
from gdbench.torch import TorchProblem

@gdbench.problem
class Net(TorchProblem):
    "A small network."
    loss = staticmethod(torch.nn.functional.cross_entropy)

    def __init__(self, *, width: int = 4):
        torch.manual_seed(1)
        self.inputs = torch.randn(60, 3, dtype=torch.float64)
        self.outputs = (self.inputs.sum(1) > 0).long()
        self.model = torch.nn.Sequential(torch.nn.Linear(3, width), torch.nn.Tanh(), torch.nn.Linear(width, 2))
        self.setup()

gdbench.serve()
'''


def test_model(run, gdbench, tmp_path):
    """A torch model is a problem, with batches."""
    records = run(
        "processes: {mine: {run: [PYTHON, net.py], timeout: 120}}\nproblems: [{name: mine.Net, width: [2, 4]}]\n"
        "methods: [{name: adam, lr: 0.05, batch: 20}]\nbudget: {epochs: 30}\ntargets: {value: 0.3}\n",
        net=MODEL,
    )
    assert [r["variables"] for r in records] == [14, 26]
    assert all(r["status"] == "budget" and r["final"]["value"] < r["start"]["value"] / 2 for r in records)


def test_starts(run, tmp_path):
    """A thousand cells and two workers start two interpreters."""
    records = run(
        f"processes: {{torch: {{run: [sh, -c, 'echo started >>{tmp_path}/starts; exec PYTHON -m gdbench.torch'], timeout: 120}}}}\n"
        "problems: [rosenbrock]\nmethods: [{name: torch.Adam, lr: {lin: [1e-3, 1e-2, 1000]}}]\nbudget: {iterations: 3}\n",
    )
    assert len(records) == 1000 and all(r["status"] == "budget" for r in records)
    assert (tmp_path / "starts").read_text().count("started") == 2
