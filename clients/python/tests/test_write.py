"""Runs that Python has written are runs of gdbench."""

import json
import shutil
import sys

import numpy as np
import pytest

import gdbench as package
from gdbench._read import records

pytest_plugins = ["pytester"]


def descent(lr, seed=0, steps=40):
    """Gradient descent on 10·x² + y²; the values, and what each cost."""
    x, values = np.array([1.0, 1.0]) * (1 + 0.01 * seed), []
    for _ in range(steps + 1):
        values.append(10 * x[0] ** 2 + x[1] ** 2)
        x = x - lr * np.array([20 * x[0], 2 * x[1]])
    return values


def cells(lr=0.05, **more):
    return [
        package.Cell({"name": "bowl", "condition": 10}, {"name": "gd", "lr": lr}, descent(lr), {"gradients": 1}, minimum=0, variables=2, **more),
        package.Cell("bowl", {"name": "gd", "lr": np.float64(0.09)}, descent(0.09), {"values": 2, "gradients": 1}, minimum=0, labels={"method": "faster"}),
    ]


def test_run(gdbench, tmp_path):
    """Report, compare, gate and verify take it; targets and counts are those of the values."""
    package.write_run(tmp_path / "a", cells(), suite="mine", targets={"relative": [1e-2, 1e-30], "value": [0.5]}, budget="40 steps")
    first, second = records(tmp_path / "a")
    values = descent(0.05)
    hit = next(k for k, v in enumerate(values) if v <= 1e-2 * values[0])
    assert [t["iteration"] for t in first["targets"]] == [hit, None, next(k for k, v in enumerate(values) if v <= 0.5)]
    assert first["targets"][0]["gradients"] == hit and first["targets"][0]["evaluations"] == hit
    assert second["counts"]["evaluations"] == 80 and first["counts"]["values"] == 0
    out = gdbench("report", tmp_path / "a", "--out", tmp_path / "report")
    assert "mine: 2 problems, 2 methods" in out and first["learning_rate"] == {"parameter": "lr", "value": 0.05} and "2 runs: 2 stopped at the budget" in out
    assert "PASS" in gdbench("gate", tmp_path / "a", tmp_path / "a")
    assert "written by another program" in gdbench("verify", tmp_path / "a", code=2)
    with pytest.raises(FileExistsError, match="exists"):
        package.write_run(tmp_path / "a", cells(), suite="mine")


def test_gate(gdbench, tmp_path, monkeypatch):
    """A run is gated against the baseline of another, without a suite; a loss fails with the text of the gate."""
    monkeypatch.setenv("GDBENCH", gdbench.binary)
    package.write_run(tmp_path / "good", cells(), suite="mine")
    base = package.baseline(tmp_path / "good", tmp_path / "base" / "mine.jsonl")
    assert "PASS" in package.gate(tmp_path / "good", base)
    slow = cells()
    slow[0].values = descent(0.01, steps=40)
    package.write_run(tmp_path / "bad", slow, suite="mine")
    with pytest.raises(package.GateFailed, match="(?s)the gate found a loss.*gd lr=0.05") as failure:
        package.gate(tmp_path / "bad", base)
    assert failure.value.code == 1
    package.write_run(tmp_path / "other", cells(), suite="mine", budget="another")
    with pytest.raises(package.GateFailed, match="nothing can be compared"):
        package.gate(tmp_path / "other", base)
    with pytest.raises(FileNotFoundError, match="no baseline"):
        package.gate(tmp_path / "good", tmp_path / "none.jsonl")


def test_repeats(gdbench, tmp_path):
    """Repeats of what is random are compared by statistics: other seeds are no loss."""

    def run(name, seeds):
        made = [package.Cell("bowl", "sgd", [11.0, *descent(0.05, seed)], minimum=0, repeat=k, random=True) for k, seed in enumerate(seeds)]
        package.write_run(tmp_path / name, made, suite="mine")

    run("a", range(12))
    run("b", range(11, -1, -1))
    assert "FAIL" not in gdbench("gate", tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    "cell, said",
    [
        (package.Cell("p", "m"), "no values"),
        (package.Cell("p", "m", [1, 2], {"gradient": 1}), "unknown count 'gradient'"),
        (package.Cell("p", "m", [1, 2], {"gradients": [1]}), "gradients has 1 totals; there are 2 values"),
        (package.Cell("p", "m", [1, 2], {"gradients": [2, 1]}), "fall"),
        (package.Cell("p", "m", [float("nan")]), "the value at the start is nan"),
        (package.Cell("p", "m", [1], status="done"), "status 'done'"),
        (package.Cell("p", "m", [1, 2], gradient_norms=[1]), "1 gradient norms"),
        (package.Cell("p", "m", [1, 2], seconds=[1]), "1 times"),
        (package.Cell({"lr": 1}, "m", [1]), 'expected a name, or a dictionary with "name"'),
    ],
)
def test_bad_cells(cell, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        package.write_run(tmp_path / "run", [cell], suite="mine")
    assert not list(tmp_path.iterdir())


def test_bad_runs(tmp_path):
    with pytest.raises(ValueError, match="repeat 0 twice"):
        package.write_run(tmp_path / "run", [package.Cell("p", "m", [1])] * 2, suite="mine")
    with pytest.raises(ValueError, match="unknown kind 'gap'"):
        package.write_run(tmp_path / "run", cells(), suite="mine", targets={"gap": [1]})
    with pytest.raises(ValueError, match="no cells"):
        package.write_run(tmp_path / "run", [], suite="mine")


def test_rates(gdbench, tmp_path):
    """Settings that differ in their learning rate are one method; other settings are others."""
    for name, key in ("lr", "1 method, 2 settings"), ("depth", "2 methods, 2 settings"):
        made = [package.Cell("bowl", {"name": "gd", name: v}, descent(v), minimum=0) for v in (0.01, 0.05)]
        package.write_run(tmp_path / name, made, suite="mine")
        assert key in gdbench("report", tmp_path / name, "--out", tmp_path / f"report-{name}")


def test_odd_values(gdbench, tmp_path):
    """What is not finite is null, and an unknown f* makes relative targets not measurable."""
    package.write_run(tmp_path / "run", [package.Cell("p", "m", [4, 2, float("inf")]), package.Cell("p", "none", status="skipped", message="no")], suite="mine")
    first, second = records(tmp_path / "run")
    assert (first["status"], first["final"]["value"], first["best"]["iteration"]) == ("diverged", None, 1)
    assert first["targets"][0]["message"] == "f* is unknown" and first["targets"][0]["iteration"] is None
    assert second["start"] is None and second["targets"] == []
    gdbench("report", tmp_path / "run", "--out", tmp_path / "report")
    package.write_run(tmp_path / "long", [package.Cell("p", "m", [1 / k for k in range(1, 5001)], seconds=[0.1 * k for k in range(5000)])], suite="mine")
    (record,) = records(tmp_path / "long")
    assert record["iterations"] == 4999 and 100 < len(record["trace"]["iteration"]) <= 202 and record["seconds"] == pytest.approx(499.9)
    gdbench("report", tmp_path / "long", "--out", tmp_path / "report2")


def test_seal(gdbench, tmp_path):
    """An edited line is refused."""
    package.write_run(tmp_path / "run", cells(seconds=1.5), suite="mine")
    lines = (tmp_path / "run" / "runs.jsonl").read_text()
    json.loads(lines.splitlines()[0])
    (tmp_path / "run" / "runs.jsonl").write_text(lines.replace('"seconds":1.5', '"seconds":2.5', 1))
    gdbench("report", tmp_path / "run", "--out", tmp_path / "report")
    (tmp_path / "run" / "runs.jsonl").write_text(lines.replace('"iterations":40', '"iterations":39', 1))
    assert "checksum" in gdbench("gate", tmp_path / "run", tmp_path / "run", code=2)


SUITE = """
suite: mine
processes: {mine: [PYTHON, mine.py]}
problems: [{name: quadratic, dim: 3, condition: 10}]
methods: [{name: mine.gd, lr: 0.1}]
"""
METHOD = '''
import gdbench

@gdbench.method
def gd(f, x, *, lr: float = 0.1):
    "Gradient descent."
    while True:
        x = x - SCALE * lr * f.gradient(x)
        yield x

gdbench.serve(version="1")
'''
TEST = '''
def test_optimizer(gdbench_gate):
    gdbench_gate("suite.yaml", "baselines/mine.jsonl", workers=1)
'''


def test_pytest_plugin(gdbench, tmp_path, pytester, monkeypatch):
    """The plugin writes baselines, passes, and fails with the text of the gate."""
    monkeypatch.setenv("GDBENCH", gdbench.binary)
    monkeypatch.setenv("PYTHONPATH", gdbench.path)
    pytester.makefile(".yaml", suite=SUITE.replace("PYTHON", sys.executable))
    pytester.makepyfile(mine=METHOD.replace("SCALE", "1"), test_it=TEST)
    call = ("-p", "gdbench.pytest_plugin", "-p", "no:cacheprovider", "-q", "test_it.py")
    pytester.runpytest_subprocess(*call).stdout.fnmatch_lines(["*FileNotFoundError: no baseline baselines/mine.jsonl*"])
    assert pytester.runpytest_subprocess(*call, "--gdbench-update").ret == 0
    assert (pytester.path / "baselines" / "mine.jsonl").exists()
    assert pytester.runpytest_subprocess(*call).ret == 0
    (pytester.path / "mine.py").write_text(METHOD.replace("SCALE", "0.2"))
    failed = pytester.runpytest_subprocess(*call)
    assert failed.ret == 1
    failed.stdout.fnmatch_lines(["*GateFailed: the gate found a loss*", "*FAIL*"])
    assert "_gate.py" not in failed.stdout.str()
    shutil.rmtree(pytester.path / "baselines")
