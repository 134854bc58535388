"""Answers of a problem to the frames that ask about it."""

from __future__ import annotations

import inspect
import os
from math import prod
from typing import Any, Callable, Dict, List, Sequence

import numpy as np

from ._wire import floats


class Answers:
    """A problem that gdbench has asked for."""

    def __init__(self, make: Callable[..., Any], build: Dict[str, Any]):
        if build["dir"]:
            os.chdir(build["dir"])  # where relative paths of data start
        settings = dict(build["parameters"])
        of = make.__init__ if inspect.isclass(make) else make
        if "rng" in inspect.signature(of).parameters:
            settings["rng"] = np.random.default_rng(build["seed"])
        self._problem = p = make(**settings)
        self._start = np.asarray(p.start, dtype=float)
        self._n = self._start.size
        self._answers: Dict[str, Callable[[bytearray], Any]] = {
            "V": self._value, "E": self._evaluate, "G": lambda b: self._evaluate(b)[1:], "P": self._product,
            "H": lambda b: p.hessian(floats(b)), "R": lambda b: p.residuals(floats(b)), "J": self._jacobian,
            "K": lambda b: p.rest(floats(b)), "X": lambda b: p.prox(floats(b, offset=8), floats(b, 1)[0]),
            "O": self._on, "D": lambda b: list(p.diagnostics(floats(b)).values()),
        }  # fmt: skip

    def answer(self, kind: str, payload: bytearray) -> np.ndarray:
        """The payload of the answer to a frame."""
        return np.asarray(self._answers[kind](payload), dtype="<f8").ravel()

    def _value(self, payload: bytearray) -> Any:
        x = floats(payload)
        return self._problem.value(x) if hasattr(self._problem, "value") else self._problem.evaluate(x)[0]

    def _evaluate(self, payload: bytearray) -> np.ndarray:
        return self._joined(*self._problem.evaluate(floats(payload)))

    def _joined(self, f: Any, g: Any) -> np.ndarray:
        out = np.empty(self._n + 1)
        out[0] = f
        g = np.asarray(g)
        if g.size != self._n:
            raise ValueError(f"the gradient has {g.size} numbers; expected {self._n}")
        out[1:] = g.ravel()
        return out

    def _product(self, payload: bytearray) -> Any:
        return self._problem.hessian_product(floats(payload, self._n), floats(payload, offset=8 * self._n))

    def _jacobian(self, payload: bytearray) -> np.ndarray:
        x = floats(payload)
        return np.concatenate([np.ravel(self._problem.residuals(x)), np.ravel(self._problem.jacobian(x))])

    def _on(self, payload: bytearray) -> np.ndarray:
        indices = np.frombuffer(payload, dtype="<i4", offset=8 * self._n)
        return self._joined(*self._problem.evaluate_on(floats(payload, self._n), indices))

    def built(self) -> Dict[str, Any]:
        """What the problem is."""
        p = self._problem
        out: Dict[str, Any] = {"dim": self._n, "start": self._start.ravel().tolist(), "offers": []}
        for offer, needed in {
            "hessian": ["hessian"], "hessian_product": ["hessian_product"], "residuals": ["residuals", "jacobian"],
            "samples": ["samples", "evaluate_on"], "prox": ["rest", "prox"],
        }.items():  # fmt: skip
            if all(hasattr(p, attribute) for attribute in needed):
                out["offers"].append(offer)
        if "samples" in out["offers"]:
            out["samples"] = int(p.samples)
        if "residuals" in out["offers"]:
            out["residuals"] = int(np.size(p.residuals(self._start.copy())))
        if hasattr(p, "diagnostics"):
            out["diagnostics"] = list(p.diagnostics(self._start.copy()))
        if getattr(p, "minimum", None) is not None:
            out["minimum"] = _minimum(p.minimum)
        if hasattr(p, "starts"):
            out["starts"] = [{"name": name, "x": np.asarray(x, dtype=float).ravel().tolist()} for name, x in p.starts.items()]
        if getattr(p, "shapes", None):
            out["shapes"] = [_block(*of) for of in p.shapes]
        for key in ("convexity", "constants", "notes", "approximate"):
            if getattr(p, key, None):
                out[key] = getattr(p, key)
        return out


def _block(name: str, shape: Sequence[int], kind: str = "") -> Dict[str, Any]:
    """A block of the variables: of an array with more axes than two the first axis are the rows."""
    rows, columns = (int(shape[0]), prod(shape[1:])) if shape else (1, 1)
    return {"name": name, "kind": kind or ("matrix" if len(shape) > 1 else "bias"), "rows": rows, "columns": int(columns)}


def _minimum(of: Any) -> Dict[str, Any]:
    if not isinstance(of, dict):
        return {"value": float(of)}
    points: List[List[float]] = [np.asarray(x, dtype=float).ravel().tolist() for x in of.get("points", [])]
    return {"value": float(of["value"]), "accuracy": float(of.get("accuracy", 0)), "points": points}
