"""The example networks are problems with batches, whose shapes add up to the number of variables."""

import json
import pathlib
import re
import sys
from math import prod

import pytest

pytest.importorskip("torch")
EXAMPLES = pathlib.Path(__file__).resolve().parents[1] / "examples"
SUITE = """
processes: {networks: {run: [PYTHON, NETWORKS], timeout: 120}}
problems: [networks.Mlp, {name: networks.Convnet, samples: 80}, {name: networks.Transformer, width: 8}]
methods: [{name: adam, lr: 0.01, batch: 20}]
budget: {epochs: 10}
targets: {accuracy: 0.5}
"""


def test_networks(run):
    records = run(SUITE.replace("NETWORKS", str(EXAMPLES / "networks.py")))
    notes = json.loads((run.folder / "manifest.json").read_text())["notes"]
    assert len(records) == len(notes) == 3
    for record, note in zip(records, notes):
        assert record["status"] == "budget", record["message"]
        assert record["final"]["value"] < record["start"]["value"]
        shapes = [list(map(int, re.findall(r"\d+", block.split()[-1]))) for block in note.split("blocks of x: ")[1].split(", ")]
        assert sum(prod(s) for s in shapes) == record["variables"]


def test_suite(gdbench, tmp_path):
    """The suite of the example can be read: of its methods two with batches are repeated."""
    text = (EXAMPLES / "networks.yaml").read_text().replace("python3, ./networks.py", f"{sys.executable}, {EXAMPLES / 'networks.py'}")
    (tmp_path / "networks.yaml").write_text(text)
    assert "39 cells" in gdbench("run", tmp_path / "networks.yaml", "--dry-run")
