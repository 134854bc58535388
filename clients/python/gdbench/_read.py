"""Runs as data frames."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Iterator, List


def records(run: "str | os.PathLike[str]") -> Iterator[Dict[str, Any]]:
    """The records of a run folder, one for each finished cell, as dictionaries."""
    with open(os.path.join(os.fspath(run), "runs.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            if line.endswith("\n"):
                yield json.loads(line)


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
