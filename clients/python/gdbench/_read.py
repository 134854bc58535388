"""Runs as data frames."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
from typing import Any, Dict, Iterator, List, TextIO


def records(run: "str | os.PathLike[str]") -> Iterator[Dict[str, Any]]:
    """The records of a run folder, one for each finished cell, as dictionaries."""
    with _lines(os.path.join(os.fspath(run), "runs.jsonl")) as lines:
        for line in lines:
            if line.endswith("\n"):
                yield json.loads(line)


@contextlib.contextmanager
def _lines(path: str) -> "Iterator[TextIO]":
    """The lines of a run file, which may be compressed: by the program zstd, as Python 3.13 has no module for it."""
    packed = path + ".zst"
    if os.path.exists(path) or not os.path.exists(packed):
        with open(path, encoding="utf-8") as lines:
            yield lines
        return
    if shutil.which("zstd") is None:
        raise RuntimeError(f"{packed} is compressed, and the program zstd is not here: install it, or write a table with `gdbench export`")
    with subprocess.Popen(["zstd", "-dcq", packed], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield io.TextIOWrapper(process.stdout, encoding="utf-8")
        process.stdout.read()
    if process.returncode != 0:
        raise ValueError(f"{packed} is damaged")


def read(run: "str | os.PathLike[str]", traces: bool = False) -> Any:
    """A run folder as a pandas.DataFrame.

    Args:
        run: the folder, such as results/convex/latest.
        traces: one row for each point of each trace; otherwise one for each cell.

    The columns of nested values are joined by dots: "final.gap", "counts.gradients",
    "method.lr". A number that is not finite is missing.
    """
    import pandas

    rows: List[Dict[str, Any]] = []
    for record in records(run):
        trace = record.pop("trace", None)
        row = _flat(record)
        if not traces:
            rows.append(row)
            continue
        if trace is None:
            continue
        length = len(trace["iteration"])
        columns = {k: v for k, v in trace.items() if isinstance(v, list) and len(v) == length}
        identity = {k: row[k] for k in ("id", "labels.problem", "labels.method", "repeat", "status") if k in row}
        rows.extend({**identity, **{k: v[i] for k, v in columns.items()}} for i in range(length))
    return pandas.DataFrame(rows)


def _flat(value: Dict[str, Any], prefix: str = "") -> Dict[str, Any]:
    out: Dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, dict):
            out.update(_flat(inner, prefix + key + "."))
        else:
            out[prefix + key] = inner
    return out
