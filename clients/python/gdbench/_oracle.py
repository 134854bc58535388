"""What a method asks: the only way to the problem, and where gdbench counts."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

import numpy as np

from ._wire import HEAD, Channel, Question, Stop, floats


class Oracle:
    """A problem as a method sees it. Every question is counted by gdbench.

    Attributes:
        dim: number n of variables.
        offers: what can be asked beyond values and gradients, such as "hessian_product".
        samples: terms of the sum that the problem is, 0 where it is none.
        residual_count: number m of residuals, 0 where there are none.
        batched: values and gradients are those of the current batch, or noisy; call
            next_batch once at the beginning of each iteration.
        horizon: iterations that the budget allows, 0 where it is not known.
        rng: random numbers for methods that are random, the same for all methods.
        announced: number of iterates that were announced.
    """

    def __init__(self, channel: Channel, start: Dict[str, Any]):
        self._channel = channel
        n = self.dim = int(start["dim"])
        self.offers = tuple(start.get("offers") or ())
        self.samples = int(start.get("samples", 0))
        self.residual_count = int(start.get("residuals", 0))
        self.batched = bool(start.get("batched", False))
        self.horizon = int(start.get("horizon", 0))
        self.rng = np.random.default_rng(start.get("seed", 0))
        self.announced = 0
        self._value = Question(channel, "V", n, 1)
        self._gradient = Question(channel, "G", n, n)
        self._evaluate = Question(channel, "E", n, n + 1)
        self._made: Dict[Tuple[str, int, int], Question] = {}

    def _question(self, kind: str, asks: int, answers: int) -> Question:
        key = kind, asks, answers
        if key not in self._made:
            self._made[key] = Question(self._channel, *key)
        return self._made[key]

    def value(self, x: np.ndarray) -> float:
        """f(x)."""
        q = self._value
        q.x[:] = x
        return float(q.ask()[0])

    __call__ = value

    def gradient(self, x: np.ndarray) -> np.ndarray:
        """∇f(x), n numbers."""
        q = self._gradient
        q.x[:] = x
        return q.ask().copy()

    def evaluate(self, x: np.ndarray) -> Tuple[float, np.ndarray]:
        """f(x) and ∇f(x), as one evaluation."""
        q = self._evaluate
        q.x[:] = x
        answer = q.ask()
        return float(answer[0]), answer[1:].copy()

    def hessian_product(self, x: np.ndarray, v: np.ndarray) -> np.ndarray:
        """∇²f(x)·v, n numbers."""
        q = self._question("P", 2 * self.dim, self.dim)
        q.x[: self.dim], q.x[self.dim :] = x, v
        return q.ask().copy()

    def hessian(self, x: np.ndarray) -> np.ndarray:
        """∇²f(x), n×n. The method must declare that it needs "hessian"."""
        q = self._question("H", self.dim, self.dim**2)
        q.x[:] = x
        return q.ask().reshape(self.dim, self.dim).copy()

    def residuals(self, x: np.ndarray) -> np.ndarray:
        """r(x), m numbers, where f = ½‖r‖²."""
        q = self._question("R", self.dim, self.residual_count)
        q.x[:] = x
        return q.ask().copy()

    def jacobian(self, x: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """r(x), and its Jacobian, m×n."""
        m = self.residual_count
        q = self._question("J", self.dim, m * (self.dim + 1))
        q.x[:] = x
        answer = q.ask()
        return answer[:m].copy(), answer[m:].reshape(m, self.dim).copy()

    def rest(self, x: np.ndarray) -> float:
        """h(x), the part of f + h that is not smooth; 0 where there is none."""
        q = self._question("K", self.dim, 1)
        q.x[:] = x
        return float(q.ask()[0])

    def prox(self, x: np.ndarray, t: float) -> np.ndarray:
        """argmin_u h(u) + ‖u − x‖²/(2t)."""
        q = self._question("X", self.dim + 1, self.dim)
        q.x[0], q.x[1:] = t, x
        return q.ask().copy()

    def next_batch(self) -> Optional[np.ndarray]:
        """Move on to the next batch: its indices, or None where there are no batches."""
        self._channel.send("B")
        payload = self._answer("b")
        return np.frombuffer(payload, dtype="<i4").copy() if payload else None

    def on(self, x: np.ndarray, indices: np.ndarray) -> Tuple[float, np.ndarray]:
        """Value and gradient of the mean over samples that the method chooses."""
        self._channel.send("O", np.asarray(x, dtype="<f8"), np.asarray(indices, dtype="<i4"))
        answer = floats(self._answer("o"))
        return float(answer[0]), answer[1:]

    def iterate(self, x: np.ndarray) -> None:
        """Announce the point that the method would return now, after each iteration."""
        x = np.asarray(x, dtype="<f8")
        if x.shape != (self.dim,):
            raise ValueError(f"the iterate has the shape {x.shape}; expected ({self.dim},)")
        self.announced += 1
        self._channel.write(HEAD.pack(ord("I"), 0, 0, 8 * self.dim) + x.tobytes())

    def _answer(self, kind: str) -> bytearray:
        found, _, payload = self._channel.next()
        if found == "S":
            raise Stop
        if found != kind:
            raise RuntimeError(f"gdbench sent a frame {found!r}; expected {kind!r}")
        return payload
