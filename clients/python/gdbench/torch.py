"""The optimizers of torch.optim, unchanged, as methods of gdbench; torch models as problems.

    python3 -m gdbench.torch

Every optimizer has the parameters of its constructor, and a learning-rate schedule. They work
in double precision on the whole vector of variables, on one thread. A model becomes a problem
by TorchProblem.
"""

from __future__ import annotations

import inspect
from typing import Any, Callable, Dict, List, Tuple

import numpy as np
import torch

from ._components import METHODS, Component, Parameter, add
from ._oracle import Oracle
from ._serve import serve

# Arguments of constructors that are about how, not what, is computed.
_SKIPPED = {"params", "foreach", "maximize", "capturable", "differentiable", "fused", "line_search_fn"}

_SCHEDULES: Dict[str, Callable[[Any, float, int], Any]] = {
    "exponential": lambda o, gamma, period: torch.optim.lr_scheduler.ExponentialLR(o, gamma),
    "step": lambda o, gamma, period: torch.optim.lr_scheduler.StepLR(o, period, gamma),
    "cosine": lambda o, gamma, period: torch.optim.lr_scheduler.CosineAnnealingLR(o, period),
    "linear": lambda o, gamma, period: torch.optim.lr_scheduler.LinearLR(o, 1.0, gamma, period),
}


def _parameters(optimizer: Callable) -> List[Dict[str, Any]]:
    out = []
    for p in inspect.signature(optimizer).parameters.values():
        default = p.default
        if p.name in _SKIPPED or default is None:
            continue
        if p.name == "lr":
            given = Parameter(range="(0,)", doc="learning rate", type="length")
            if isinstance(default, (int, float)):  # otherwise it is required
                given.default = float(default)
            out.append(given.declared("lr"))
        elif isinstance(default, (bool, int, float, tuple)):
            number = isinstance(default, int) and not isinstance(default, bool) and p.name not in ("max_iter", "history_size")
            out.append(Parameter(float(default) if number else default, doc="as in torch.optim").declared(p.name))
    if "line_search_fn" in inspect.signature(optimizer).parameters:
        out.append(Parameter("no", "", ("no", "strong_wolfe"), "line search").declared("line_search"))
    out.append(Parameter("constant", "", ("constant", *_SCHEDULES), "schedule of the learning rate").declared("schedule"))
    out.append(Parameter(0.1, "(0,1]", (), "factor of the schedule").declared("gamma"))
    out.append(Parameter(100, "[1,)", (), "iterations of a period of the schedule").declared("period"))
    return out


def _method(make: Callable) -> Callable:
    def run(f: Oracle, x: np.ndarray, *, schedule: str, gamma: float, period: int, **options: Any) -> None:
        if "betas" in options:
            options["betas"] = tuple(options["betas"])
        for name in ("etas", "step_sizes"):
            if name in options:
                options[name] = tuple(options[name])
        search = options.pop("line_search", None)
        closures = search is not None
        if search == "strong_wolfe":
            options["line_search_fn"] = search
        p = torch.nn.Parameter(torch.from_numpy(x))
        seen = p.detach().numpy()  # the same memory
        optimizer = make([p], **options)
        scheduler = None if schedule == "constant" else _SCHEDULES[schedule](optimizer, gamma, period)

        # A step of LBFGS begins with a question that its last line search has asked already. What was
        # answered in the last step is remembered, so that steps with one iteration each cost
        # what one step with all iterations does.
        answers: Dict[bytes, Tuple[float, np.ndarray]] = {}

        def closure() -> torch.Tensor:
            here = seen.tobytes()
            if here not in answers:
                answers[here] = f.evaluate(seen)
            value, gradient = answers[here]
            p.grad = torch.from_numpy(gradient.copy())
            return torch.tensor(value, dtype=torch.float64)

        while True:
            known = answers.get(seen.tobytes())
            answers.clear()
            if f.batched:
                f.next_batch()
            elif known is not None:
                answers[seen.tobytes()] = known
            if closures:
                before = p.detach().clone()
                optimizer.step(closure)
                if torch.equal(before, p.detach()):
                    return
            else:
                p.grad = torch.from_numpy(f.gradient(seen))
                optimizer.step()
            if scheduler is not None:
                scheduler.step()
            f.iterate(seen)

    return run


def _register() -> None:
    for name, optimizer in sorted(vars(torch.optim).items()):
        if not inspect.isclass(optimizer) or optimizer is torch.optim.Optimizer or not issubclass(optimizer, torch.optim.Optimizer):
            continue
        if name == "SparseAdam":  # for sparse gradients, which gdbench has not
            continue
        about = {"name": name, "summary": f"torch.optim.{name}", "parameters": _parameters(optimizer), "batches": True,
                 "source": f"PyTorch {torch.__version__}, torch.optim"}  # fmt: skip
        add(METHODS, Component(name, _method(optimizer), about, isolate=False))  # a new optimizer each run, and nothing else


class TorchProblem:
    """A torch model with its data as a problem: f is the mean loss over the samples.

    Subclasses set, before calling setup: model (a torch.nn.Module), inputs and outputs (tensors
    whose first axis are the samples), and loss (of predictions and outputs, a mean). l2 adds
    l2/2 ‖x‖² to the loss.
    """

    model: torch.nn.Module
    inputs: torch.Tensor
    outputs: torch.Tensor
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    l2: float = 0.0
    convexity = "nonconvex"

    def setup(self) -> None:
        """Read the start from the model, and its samples."""
        torch.set_num_threads(1)
        self.model = self.model.double()
        self._parameters = list(self.model.parameters())
        self.start = torch.nn.utils.parameters_to_vector(self._parameters).detach().numpy().copy()
        self.samples = int(self.inputs.shape[0])
        tables = {id(p) for m in self.model.modules() if isinstance(m, torch.nn.Embedding) for p in m.parameters()}
        self.shapes = [(name, tuple(p.shape), "embedding" if id(p) in tables else "") for name, p in self.model.named_parameters()]

    def _load(self, x: np.ndarray) -> None:
        torch.nn.utils.vector_to_parameters(torch.from_numpy(np.array(x)), self._parameters)

    def _loss(self, x: np.ndarray, inputs: torch.Tensor, outputs: torch.Tensor) -> torch.Tensor:
        self._load(x)
        value = self.loss(self.model(inputs), outputs)
        if self.l2:
            value = value + self.l2 / 2 * sum((p * p).sum() for p in self._parameters)
        return value

    def _both(self, x: np.ndarray, inputs: torch.Tensor, outputs: torch.Tensor) -> Any:
        value = self._loss(x, inputs, outputs)
        gradients = torch.autograd.grad(value, self._parameters)
        return value.item(), torch.cat([g.reshape(-1) for g in gradients]).numpy()

    def value(self, x: np.ndarray) -> float:
        """f(x)."""
        with torch.no_grad():
            return self._loss(x, self.inputs, self.outputs).item()

    def evaluate(self, x: np.ndarray) -> Any:
        """f(x) and ∇f(x)."""
        return self._both(x, self.inputs, self.outputs)

    def evaluate_on(self, x: np.ndarray, indices: np.ndarray) -> Any:
        """Value and gradient of the mean over some samples."""
        chosen = torch.from_numpy(indices.astype(np.int64))
        return self._both(x, self.inputs[chosen], self.outputs[chosen])


if __name__ == "__main__":
    torch.set_num_threads(1)
    _register()
    serve("torch", f"torch {torch.__version__}, numpy {np.__version__}")
