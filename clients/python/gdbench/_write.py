"""Runs of a benchmark in Python, as folders that gdbench reports, compares and gates."""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import os
import platform
import sys
import tempfile
import zlib
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Union

SCHEMA = 2
STATUSES = ("converged", "budget", "timeout", "stalled", "diverged", "failed", "skipped")
COUNTS = ("values", "gradients", "evaluations", "hessians", "hessian_products", "prox", "samples")
_MOST_POINTS = 200
TARGETS = (1e-2, 1e-4, 1e-6, 1e-8)

Settings = Union[str, Mapping[str, Any]]
Column = Union[int, Sequence[int]]


@dataclass
class Cell:
    """One run of a method on a problem.

    Attributes:
        problem, method: a name, or a dictionary with "name" and the settings.
        values: f at the start and after each iteration.
        counts: what was asked of the problem by then: for each of "values", "gradients",
            "evaluations", "hessians", "hessian_products", "prox" and "samples" either the
            totals at each of the values, or one number, which each iteration costs. Without
            counts each iteration costs one evaluation of value and gradient.
        minimum: f*, where it is known: gaps and relative targets are measured from it.
        gradient_norms: norms of the gradient at each of the values.
        seconds: duration of the run, or the time at each of the values.
        variables: number n of variables.
        repeat: number of the repeat, from 0.
        random: something in the run is random, so that repeats differ; otherwise its counts are
            compared exactly.
        status, message: how the run ended: "budget", "converged", "stalled", "diverged", "timeout",
            "failed" or "skipped". Values that are not finite are "diverged".
        labels: names of problem and method in figures and tables, by "problem" and "method".
        learning_rate: the setting of the method that is its learning rate, if it has one of this
            name: reports compare methods at the best of their rates.
        family: idea that the problem is a variant of; problems of one family are no independent evidence.
    """

    problem: Settings
    method: Settings
    values: Sequence[float] = ()
    counts: Mapping[str, Column] = field(default_factory=dict)
    minimum: Optional[float] = None
    gradient_norms: Optional[Sequence[float]] = None
    seconds: Union[None, float, Sequence[float]] = None
    variables: int = 0
    repeat: int = 0
    random: bool = False
    status: str = ""
    message: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    family: str = ""
    learning_rate: str = "lr"


def write_run(
    folder: "str | os.PathLike[str]",
    cells: Iterable[Cell],
    *,
    suite: str,
    about: str = "",
    targets: "Sequence[float] | Mapping[str, Sequence[float]]" = TARGETS,
    budget: str = "",
) -> str:
    """Write runs as a folder that gdbench reports, compares and gates; its path.

    Args:
        folder: it must not exist yet.
        cells: the runs.
        suite: name of the benchmark.
        targets: relative gaps (f − f*)/(f0 − f*) whose cost is kept, or lists by kind: "relative",
            "absolute" (f − f*) and "value" (f). A relative or absolute target needs minimum.
        budget: in words, what every run may cost. Runs under different budgets are not compared.
    """
    folder = os.fspath(folder)
    if os.path.lexists(folder):
        raise FileExistsError(f"{folder} exists; remove it, or choose another folder")
    kinds = dict(targets) if isinstance(targets, Mapping) else {"relative": list(targets)}
    for kind in kinds:
        if kind not in ("relative", "absolute", "value"):
            raise ValueError(f'targets: unknown kind {kind!r}; expected "relative", "absolute" or "value"')
    records, seen = [], set()
    for number, cell in enumerate(cells):
        record = _record(cell, kinds, budget, f"cell {number}")
        if record["id"] in seen:
            labels = record["labels"]
            raise ValueError(f"cell {number}: {labels['method']} on {labels['problem']} has repeat {cell.repeat} twice")
        seen.add(record["id"])
        records.append(record)
    if not records:
        raise ValueError("no cells to write")
    parent = os.path.dirname(os.path.abspath(folder))
    os.makedirs(parent, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".gdbench-write-", dir=parent) as staging:
        made = os.path.join(staging, "run")
        os.mkdir(made)
        with open(os.path.join(made, "runs.jsonl"), "wb") as lines:
            for record in records:
                lines.write(_sealed(record))
        with open(os.path.join(made, "manifest.json"), "w", encoding="utf-8") as out:
            json.dump(_manifest(suite, about, budget, records), out, indent=2, allow_nan=False)
            out.write("\n")
        os.rename(made, folder)
    return folder


def _component(of: Settings, what: str, place: str) -> Dict[str, Any]:
    if isinstance(of, str):
        return {"name": of}
    if not isinstance(of, Mapping) or not isinstance(of.get("name"), str):
        raise ValueError(f'{place}: {what}: expected a name, or a dictionary with "name"; found {of!r}')
    out: Dict[str, Any] = {"name": of["name"]}
    for key, value in of.items():
        out[key] = _plain(value)
    return out


def _plain(value: Any) -> Any:
    """A setting as JSON has it, also of numpy's types."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return str(value)


def _label(component: Dict[str, Any]) -> str:
    settings = [f"{k}={json.dumps(v) if isinstance(v, (list, dict)) else v}" for k, v in component.items() if k != "name"]
    return " ".join([component["name"], *settings])


def _hash(*parts: Any) -> str:
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _number(value: Any) -> Optional[float]:
    value = float(value)
    return value if math.isfinite(value) else None


def _columns(cell: Cell, length: int, place: str) -> Dict[str, List[int]]:
    """The totals of every count at each value."""
    given = dict(cell.counts) or {"values": 1, "gradients": 1, "evaluations": 1}
    out = {}
    for name, column in given.items():
        if name not in COUNTS:
            raise ValueError(f"{place}: counts: unknown count {name!r}; expected one of {', '.join(COUNTS)}")
        totals = [int(column) * k for k in range(length)] if not hasattr(column, "__len__") else [int(c) for c in column]  # type: ignore[arg-type]
        if len(totals) != length:
            raise ValueError(f"{place}: counts: {name} has {len(totals)} totals; there are {length} values")
        if any(b < a for a, b in zip(totals, totals[1:])) or totals and totals[0] < 0:
            raise ValueError(f"{place}: counts: the totals of {name} fall; expected totals since the start")
        out[name] = totals
    if "evaluations" not in out:
        out["evaluations"] = [max(pair) for pair in zip(out.get("values", [0] * length), out.get("gradients", [0] * length))]
    return {name: out.get(name, [0] * length) for name in COUNTS}


def _record(cell: Cell, kinds: Mapping[str, Sequence[float]], budget: str, place: str) -> Dict[str, Any]:
    problem, method = _component(cell.problem, "problem", place), _component(cell.method, "method", place)
    labels = {"problem": cell.labels.get("problem") or _label(problem), "method": cell.labels.get("method") or _label(method)}
    values = [float(v) for v in cell.values]
    columns = _columns(cell, len(values), place)
    status = cell.status or ("diverged" if values and not math.isfinite(values[-1]) else "budget")
    if status not in STATUSES:
        raise ValueError(f"{place}: status {status!r}; expected one of {', '.join(STATUSES)}")
    if not values and status not in ("failed", "skipped"):
        raise ValueError(f"{place}: no values; expected f at the start and after each iteration, or the status failed or skipped")
    if values and not math.isfinite(values[0]):
        raise ValueError(f"{place}: the value at the start is {values[0]}; expected a finite number")
    norms = [float(g) for g in cell.gradient_norms] if cell.gradient_norms is not None else [math.nan] * len(values)
    if len(norms) != len(values):
        raise ValueError(f"{place}: {len(norms)} gradient norms; there are {len(values)} values")
    conditions = _hash(problem, cell.repeat, budget)
    minimum = math.nan if cell.minimum is None else float(cell.minimum)
    seconds = cell.seconds if cell.seconds is not None else math.nan
    times = [float(t) for t in seconds] if hasattr(seconds, "__len__") else []  # type: ignore[union-attr]
    if times and len(times) != len(values):
        raise ValueError(f"{place}: {len(times)} times; there are {len(values)} values")
    rate = method.get(cell.learning_rate)
    record: Dict[str, Any] = {
        "id": _hash(problem, method, cell.repeat), "definition": _hash(conditions, method), "conditions": conditions,
        "problem": problem, "method": method, "written": {}, "labels": labels,
        "families": {"problem": cell.family or problem["name"], "method": method["name"]},
        **({"learning_rate": {"parameter": cell.learning_rate, "value": float(rate)}} if isinstance(rate, (int, float)) and not isinstance(rate, bool) else {}),
        "inexact": "computed by another program",
        "repeat": cell.repeat, "deterministic": not cell.random, "status": status, "message": cell.message,
        "iterations": max(0, len(values) - 1),
        "minimum": None if cell.minimum is None else {"value": minimum, "source": "published", "accuracy": 0.0},
        "counts": {name: column[-1] if column else 0 for name, column in columns.items()},
    }  # fmt: skip
    if cell.variables:
        record["variables"] = cell.variables
    record.update({"start": None, "final": None, "best": None, "targets": []})
    if values:
        best = min(range(len(values)), key=lambda k: values[k] if math.isfinite(values[k]) else math.inf)

        def point(k: int) -> Dict[str, Any]:
            return {"value": _number(values[k]), "gap": _number(values[k] - minimum), "gradient_norm": _number(norms[k]), "distance": None}

        record["start"], record["final"] = point(0), point(-1)
        record["best"] = {"value": _number(values[best]), "gap": _number(values[best] - minimum), "iteration": best}
        record["targets"] = [t for kind, levels in kinds.items() for t in _targets(kind, levels, values, minimum, columns)]
        record["trace"] = _trace(values, minimum, norms, columns, times)
    record["seconds"] = _number(times[-1] if times else seconds)
    return record


def _targets(kind: str, levels: Sequence[float], values: List[float], minimum: float, columns: Dict[str, List[int]]) -> Iterable[Dict[str, Any]]:
    for level in levels:
        target: Dict[str, Any] = {"target": float(level)}
        if kind != "relative":
            target["kind"] = kind
        goal = {"relative": minimum + level * (values[0] - minimum), "absolute": minimum + level, "value": level}[kind]
        if kind != "value" and math.isnan(minimum):
            target["message"] = "f* is unknown"
        hit = next((k for k, v in enumerate(values) if v <= goal), None)
        target.update({"iteration": hit, "since": None if hit is None else max(0, hit - 1)})
        target.update({name: 0 if hit is None else column[hit] for name, column in columns.items()})
        yield target


def _trace(values: List[float], minimum: float, norms: List[float], columns: Dict[str, List[int]], times: List[float]) -> Dict[str, Any]:
    last = len(values) - 1
    points = range(last + 1)
    if last >= _MOST_POINTS:
        points = sorted({0, last, *(round(last ** (k / (_MOST_POINTS - 1))) for k in range(_MOST_POINTS))})  # type: ignore[assignment]
    nothing = [None for _ in points]
    out: Dict[str, Any] = {
        "iteration": list(points), "value": [_number(values[k]) for k in points], "gap": [_number(values[k] - minimum) for k in points],
        "gradient_norm": [_number(norms[k]) for k in points], "distance": nothing, "step_length": nothing,
        "trials": [0 for _ in points], "slope": nothing,
    }  # fmt: skip
    for name, column in columns.items():
        if name != "prox" or column[-1]:
            out[name] = [column[k] for k in points]
    out["seconds"] = [_number(times[k]) for k in points] if times else nothing
    return out


def _sealed(record: Dict[str, Any]) -> bytes:
    """A line with its checksum, which leaves out the values of the keys "seconds"."""
    line = json.dumps(record, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()[:-1]
    total, rest, key = 0, line, b'"seconds":'
    while key in rest:
        at = rest.index(key) + len(key)
        total, rest = zlib.crc32(rest[:at], total), rest[at:]
        end = rest.index(b"]") + 1 if rest.startswith(b"[") else next((i for i, c in enumerate(rest) if c in b",}"), len(rest))
        rest = rest[end:]
    return line + b',"check":"%08x"}\n' % zlib.crc32(rest, total)


def _manifest(suite: str, about: str, budget: str, records: List[Dict[str, Any]]) -> Dict[str, Any]:
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    status: Dict[str, int] = {}
    for record in records:
        status[record["status"]] = status.get(record["status"], 0) + 1
    machine = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return {
        "schema": SCHEMA, "suite": suite, "about": about, "text": "", "hash": _hash(suite, [r["id"] for r in records]),
        "version": "written by Python", "commit": "unknown",
        "toolchain": {"goos": sys.platform, "goarch": machine, "go": f"python {platform.python_version()}", "fma": False},
        "processor": platform.processor() or machine, "cores": os.cpu_count() or 1, "workers": 1, "started": now, "finished": now,
        "claims": [], "asked": {"budget": budget} if budget else {}, "archive": {"format": "python", "name": suite, "source": "written"},
        "cells": len(records), "status": status,
        "warnings": [f"{suite}: the runs were written by another program; gdbench has not counted their costs"],
    }  # fmt: skip
