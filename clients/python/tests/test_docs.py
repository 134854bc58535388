"""docs/languages.md, followed by somebody who has nothing but it, in an empty folder."""

import importlib.util
import pathlib
import re
import sys

import pytest

GUIDE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "languages.md"


def block(after: str, language: str = "") -> str:
    """The first block of code after some words of the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.search(rf"```{language}\n(.*?)```", text[text.index(after) :], re.S).group(1)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine.py").write_text(block("Write `mine.py`:", "python"))
    suite = block("Write `mine.yaml`:", "yaml").replace("python3", sys.executable)
    if importlib.util.find_spec("torch") is None:
        suite = re.sub(r".*torch.*\n", "", suite)
    (tmp_path / "mine.yaml").write_text(suite)
    return tmp_path


def test_method(gdbench, folder):
    """Try it, check it, compare it, gate it; a change for the worse is found."""
    program = f"{sys.executable} mine.py"
    assert "1000 gradients" in gdbench("try", "rosenbrock", "--process", program, "--method", "mine.momentum", "--set", "lr=1e-3", cwd=folder)
    gdbench("check", "--process", program, cwd=folder)
    out = gdbench("run", "mine.yaml", "--allow-processes", cwd=folder)
    assert "the reference, mine.momentum" in out and " failed" not in out
    gdbench("baseline", "results/mine/latest", "--out", "baseline.jsonl", cwd=folder)
    assert "PASS" in gdbench("gate", "baseline.jsonl", "results/mine/latest", cwd=folder)
    text = (folder / "mine.py").read_text()
    assert "v = beta * v" in text
    (folder / "mine.py").write_text(text.replace("v = beta * v", "v = 0.5 * beta * v"))
    gdbench("run", "mine.yaml", "--allow-processes", "--no-report", cwd=folder)
    assert "mine.momentum" in gdbench("gate", "baseline.jsonl", "results/mine/latest", code=1, cwd=folder)


def test_problem(gdbench, folder):
    (folder / "least.py").write_text(block("## Your problem", "python"))
    assert "value     10" in gdbench("eval", "least.Least", "--process", f"{sys.executable} least.py", cwd=folder)


def test_write_run(gdbench, folder, monkeypatch):
    """The run that Python writes, with a training of three lines."""
    monkeypatch.setenv("GDBENCH", gdbench.binary)
    monkeypatch.chdir(folder)
    train = "def train(lr):\n    losses = [(1 - lr) ** k for k in range(50)]\n    return losses, list(range(50))\n\n"
    exec(train + block("## A benchmark that Python runs itself", "python"), {})
    assert "net: 1 problem" in gdbench("report", "results/net", "--out", "report", cwd=folder)


def test_iterates(gdbench, folder):
    """The file of the guide is what it says: its values are those of f."""
    (folder / "mine.csv").write_text(block("## A run that you already have"))
    (folder / "rosen.yaml").write_text("suite: rosen\nproblems: [rosenbrock]\nmethods: [bfgs]\n")
    gdbench("import", "iterates", "mine.csv", "--suite", "rosen.yaml", "--out", "imported", cwd=folder)
