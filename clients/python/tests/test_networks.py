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


def test_shapes():
    """The stated blocks cover the variables; kernels are matrices, tables are embeddings."""
    sys.path.insert(0, str(EXAMPLES))
    import networks
    from gdbench._problem import Answers

    build = {"dir": "", "seed": 1}
    for make, parameters in [(networks.Convnet, dict(channels=4, samples=8, noise=0.5, seed=1)), (networks.Transformer, dict(width=8, length=6, seed=1))]:
        built = Answers(make, {**build, "parameters": parameters}).built()
        assert sum(b["rows"] * b["columns"] for b in built["shapes"]) == built["dim"]
        blocks = {b["name"]: (b["kind"], b["rows"], b["columns"]) for b in built["shapes"]}
        if make is networks.Convnet:
            assert blocks["3.weight"] == ("matrix", 8, 4 * 9) and blocks["3.bias"] == ("bias", 8, 1)
        else:
            assert blocks["place.weight"] == ("embedding", 6, 8) and blocks["query.weight"] == ("matrix", 8, 8) and blocks["before.weight"][0] == "bias"
