"""Methods and problems of a user."""

import sys

import pytest

import gdbench as package
from gdbench import _components

MINE = '''
import gdbench
import numpy as np

state = []

@gdbench.method
def yields(f, x, *, lr: float = 0.1):
    "Gradient descent."
    state.append(1)
    while True:
        x = x - lr * len(state) * f.gradient(x)
        yield x

@gdbench.method(random=True)
def announces(f, x, *, lr: float = gdbench.length("1/L"), mood: str = gdbench.parameter("good", oneof=["good", "bad", "ends", "shape"])):
    for k in range(1000):
        if mood == "bad":
            raise ValueError("no luck")
        x = x - lr * f.rng.uniform(0.5, 1) * f.gradient(x)
        f.iterate(x if mood != "shape" else x[:1])
        if mood == "ends":
            return "of its own"

@gdbench.problem
class Least:
    "A sum of squares."
    convexity = "convex"
    minimum = {"value": 0}

    def __init__(self, *, scale: float = gdbench.parameter(2.0, range="(0,)", doc="factor")):
        self.scale, self.start = scale, np.array([1.0, -2.0])

    def residuals(self, x):
        return self.scale * x

    def jacobian(self, x):
        return self.scale * np.eye(2)

    def evaluate(self, x):
        return self.scale**2 * (x @ x) / 2, self.scale**2 * x

    def hessian_product(self, x, v):
        return self.scale**2 * v

    def hessian(self, x):
        return self.scale**2 * np.eye(2)

    def diagnostics(self, x):
        return {"largest": abs(x).max()}

@gdbench.problem(start=[3.0], facts={"convexity": "nonconvex"})
def wave(x, *, a: float = 1.0):
    return a * np.cos(x[0]), -a * np.sin(x)

gdbench.serve()
'''


SUITE = """
processes: {mine: [PYTHON, mine.py]}
problems: [{name: quadratic, dim: 3, condition: 4}]
repeats: 2
"""


def test_methods(run):
    """Iterates are yielded or announced; each run has the interpreter for itself."""
    records = run(
        SUITE
        + """
methods:
  - {name: mine.yields, lr: [0.05, 0.06]}
  - {name: fixed-step, lr: 0.06}
  - {name: mine.announces, mood: good}
""",
        mine=MINE,
    )
    first, second, ours, *random = records
    assert first["status"] == "converged"
    assert (second["iterations"], second["counts"]) == (ours["iterations"], ours["counts"])
    assert len(random) == 2 and random[0]["iterations"] != random[1]["iterations"]


def test_failures(gdbench, tmp_path):
    """An exception is a failed row that names the line; others go on."""
    (tmp_path / "mine.py").write_text(MINE)
    text = SUITE.replace("PYTHON", sys.executable) + "methods: [{name: mine.announces, mood: [bad, ends, shape, good]}]\nrepeats: 1\n"
    (tmp_path / "suite.yaml").write_text("suite: test\n" + text.replace("repeats: 2\n", ""))
    gdbench("run", tmp_path / "suite.yaml", "--out", tmp_path / "run", "--no-report", code=1)
    frame = package.read(tmp_path / "run")
    assert list(frame["status"]) == ["failed", "stalled", "failed", "converged"]
    assert "ValueError: no luck (mine.py:19)" in frame["message"][0]
    assert "of its own" in frame["message"][1]
    assert "the shape (1,); expected (3,)" in frame["message"][2]
    assert frame["method.lr"][3] > 0
    traces = package.read(tmp_path / "run", traces=True)
    assert {"iteration", "gap", "labels.method"} <= set(traces.columns)
    assert len(traces) > 10


def test_problems(run):
    """What a problem has is offered to our methods."""
    records = run(
        """
processes: {mine: [PYTHON, mine.py]}
problems: [{name: mine.Least, scale: [1, 2]}, {name: mine.wave, a: 2}]
methods: [levenberg-marquardt, newton, bfgs]
diagnostics: []
""",
        mine=MINE,
    )
    assert [r["status"] for r in records[:6]] == ["converged"] * 6
    assert records[6]["status"] == "skipped"
    assert abs(records[8]["final"]["value"] + 2) < 1e-8


def test_parameters():
    def f(x, *, a: float = 1, b: bool = True, c: int = 3, d="x", e=(1.0, 2.0), lr: float = 0.1, g: float):
        pass

    found = {p["name"]: p for p in _components.parameters_of(f)}
    assert {n: p["type"] for n, p in found.items()} == {
        "a": "number", "b": "boolean", "c": "integer", "d": "text", "e": "numbers", "lr": "length", "g": "number",
    }  # fmt: skip
    assert found["a"]["default"] == 1.0 and found["e"]["default"] == [1.0, 2.0] and "default" not in found["g"]
    with pytest.raises(TypeError, match="its type does not follow"):
        _components.parameters_of(lambda x, *, h=None: 0)


def test_twice():
    def once(f, x):
        pass

    package.method(once)
    with pytest.raises(ValueError, match="declared twice"):
        package.method(once)
    del _components.METHODS["once"]


def test_conformance(gdbench, tmp_path):
    (tmp_path / "mine.py").write_text(MINE)
    out = gdbench("check", "--process", f"{sys.executable} mine.py", "--all", cwd=tmp_path)
    assert "2 methods and 2 problems" in out


def test_gate_without_the_program(gdbench, run, tmp_path):
    """The files of a run are enough to report, compare and gate it."""
    run(SUITE.replace("repeats: 2\n", "") + "methods: [{name: mine.yields, lr: 0.05}]\n", mine=MINE)
    gdbench("baseline", run.folder, "--out", tmp_path / "base.jsonl")
    (tmp_path / "mine.py").unlink()
    (tmp_path / "suite.yaml").unlink()
    gdbench("report", run.folder, "--out", tmp_path / "report")
    gdbench("compare", run.folder, run.folder)
    assert "PASS" in gdbench("gate", tmp_path / "base.jsonl", run.folder)
