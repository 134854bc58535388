"""A benchmark of benchopt, unchanged: its objective with its datasets as problems, its solvers as methods.

    processes:
      lasso: [python3, -m, gdbench.benchopt, ./benchmark_lasso]
    problems: [{name: lasso.Simulated, reg: 0.5}]
    methods: [lbfgs, {name: lasso.ista, reg: 0.5}]

benchopt itself is used where it is installed, and need not be.

A problem has the name of a dataset, and the parameters of the dataset and of the objective. Where
the objective has no method gradient, its gradients are central differences: 2n values each.

A solver gets the data and not the oracle: what it asks of itself cannot be counted. Its method
therefore asks for value and gradient at each of its iterates, and costs at least that. It has its own
parameters, and those of dataset and objective, which must be those of the problem: otherwise the
run fails with a message. A solver with the sampling strategy "callback" runs once; one with
"iteration" or "tolerance" is run again for each iterate, as benchopt does.
"""

from __future__ import annotations

import glob
import hashlib
import importlib.util
import inspect
import os
import re
import sys
import types
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Type

import numpy as np

from ._components import METHODS, PROBLEMS, Component, Parameter, add
from ._oracle import Oracle
from ._serve import serve


class _Base:
    """What the base classes of benchopt do for a benchmark: parameters become attributes."""

    name = ""
    parameters: Dict[str, Any] = {}

    @classmethod
    def get_instance(cls, **parameters: Any) -> Any:
        instance = cls()
        for key, value in parameters.items():
            setattr(instance, key, value)
        return instance


class _SafeImport:
    """The context in which a module imports what may be missing."""

    failed_import = False

    def __enter__(self) -> "_SafeImport":
        return self

    def __exit__(self, kind: Optional[type], error: Any, trace: Any) -> bool:
        self.failed_import = kind is not None and issubclass(kind, ImportError)
        return self.failed_import


def make_correlated_data(
    n_samples: int = 100, n_features: int = 50, rho: float = 0.6, snr: float = 3, density: float = 0.2, random_state: Any = None, **_: Any
) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Data of a linear model whose neighbouring features have the correlation rho: X, y and the
    true coefficients. The numbers are not those of benchopt's own function."""
    rng = np.random.default_rng(random_state)
    X = rng.standard_normal((n_samples, n_features))
    for j in range(1, n_features):
        X[:, j] = rho * X[:, j - 1] + np.sqrt(1 - rho**2) * X[:, j]
    w = np.zeros(n_features)
    support = rng.choice(n_features, max(1, int(density * n_features)), replace=False)
    w[support] = rng.standard_normal(support.size)
    noise = rng.standard_normal(n_samples)
    clean = X @ w
    return X, clean + noise * (np.linalg.norm(clean) / (snr * np.linalg.norm(noise)) if snr else 0), w


def _stand_in() -> None:
    """Modules with the names of benchopt, where it is not installed."""
    if importlib.util.find_spec("benchopt") is not None:
        return
    package: Any = types.ModuleType("benchopt")
    for base in ("BaseObjective", "BaseDataset", "BaseSolver"):
        setattr(package, base, type(base, (_Base,), {}))
    package.safe_import_context = _SafeImport
    package.__path__ = []
    sys.modules["benchopt"] = package
    for name, contents in {
        "stopping_criterion": {n: type(n, (), {"__init__": lambda self, *a, **k: None}) for n in ("SufficientDescentCriterion", "SufficientProgressCriterion", "SingleRunCriterion", "NoCriterion")},
        "datasets": {"make_correlated_data": make_correlated_data},
        "base": {b: getattr(package, b) for b in ("BaseObjective", "BaseDataset", "BaseSolver")},
        "utils": {"safe_import_context": _SafeImport},
    }.items():
        module: Any = types.ModuleType("benchopt." + name)
        module.__dict__.update(contents)
        setattr(package, name, module)
        sys.modules["benchopt." + name] = module


def _load(path: str, wanted: str) -> Optional[Type[Any]]:
    """The class of a file; None where what it imports is not installed."""
    name = "_benchopt_" + re.sub(r"\W", "_", os.path.splitext(path)[0])
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ImportError as missing:
        print(f"gdbench.benchopt: {path} is left out: {missing}", file=sys.stderr)
        return None
    for value in vars(module).values():
        if getattr(value, "failed_import", False) is True:
            print(f"gdbench.benchopt: {path} is left out: something that it imports is not installed", file=sys.stderr)
            return None
    found = getattr(module, wanted, None)
    if not inspect.isclass(found):
        raise AttributeError(f"{path} has no class {wanted}")
    return found


def _defaults(of: Type[Any]) -> Dict[str, Any]:
    """The parameters of a class with their first values."""
    out: Dict[str, Any] = {}
    for key, values in (getattr(of, "parameters", None) or {}).items():
        names = [name.strip() for name in key.split(",")]
        first = next(iter(values))
        out.update(zip(names, first) if len(names) > 1 else [(names[0], first)])
    return out


def _declared(*classes: Type[Any]) -> List[Dict[str, Any]]:
    """The parameters of some classes as a hello has them. A value of another type than numbers,
    texts and lists stays as the class has it."""
    out: Dict[str, Dict[str, Any]] = {}
    for of in classes:
        for name, default in _defaults(of).items():
            try:
                out.setdefault(name, Parameter(default, doc=f"of {of.__name__.lower()} {of.name}").declared(name))
            except TypeError:
                continue
    return list(out.values())


def _instance(of: Type[Any], settings: Dict[str, Any]) -> Any:
    parameters = {name: settings.get(name, default) for name, default in _defaults(of).items()}
    return of.get_instance(**parameters)


class _Vector:
    """The result of a solver, a dictionary of arrays or one array, as one vector."""

    def __init__(self, example: Any):
        self._names = list(example) if isinstance(example, dict) else None
        parts = list(example.values()) if isinstance(example, dict) else [example]
        self._shapes = [np.shape(p) for p in parts]
        self.example = self.pack(example)

    def pack(self, result: Any) -> np.ndarray:
        parts = [result[n] for n in self._names] if self._names and isinstance(result, dict) else list(result) if self._names and len(self._names) > 1 else [result]
        return np.concatenate([np.ravel(np.asarray(p, dtype=float)) for p in parts])

    def unpack(self, x: np.ndarray) -> List[np.ndarray]:
        out, at = [], 0
        for shape in self._shapes:
            size = int(np.prod(shape, dtype=int))
            out.append(x[at : at + size].reshape(shape))
            at += size
        return out

    def call(self, function: Callable[..., Any], x: np.ndarray) -> Any:
        parts = self.unpack(x)
        return function(**dict(zip(self._names, parts))) if self._names else function(*parts)


class _Task:
    """An objective with the data of a dataset."""

    def __init__(self, objective: Type[Any], dataset: Type[Any], settings: Dict[str, Any]):
        data = _instance(dataset, settings).get_data()
        self.objective = _instance(objective, settings)
        self.objective.set_data(**(data[1] if isinstance(data, tuple) else data))  # before 1.3: the dimension, too
        one = getattr(self.objective, "get_one_result", None) or self.objective.get_one_solution
        self.vector = _Vector(one())
        self._evaluate = getattr(self.objective, "evaluate_result", None) or self.objective.compute

    def result(self, x: np.ndarray) -> Dict[str, float]:
        """Everything that the objective says of a point."""
        found = self.vector.call(self._evaluate, x)
        return dict(found) if isinstance(found, dict) else {"value": found}

    def value(self, x: np.ndarray) -> float:
        found = self.result(x)
        return float(found["value"] if "value" in found else next(iter(found.values())))

    def gradient(self, x: np.ndarray) -> np.ndarray:
        """The objective's own gradient, or central differences with steps of ε^(1/3)."""
        if hasattr(self.objective, "gradient"):
            return self.vector.pack(self.vector.call(self.objective.gradient, x))
        out, step = np.empty_like(x), np.finfo(float).eps ** (1 / 3) * np.maximum(1, np.abs(x))
        for i in range(x.size):
            up, down = x.copy(), x.copy()
            up[i] += step[i]
            down[i] -= step[i]
            out[i] = (self.value(up) - self.value(down)) / (up[i] - down[i])
        return out


def _problem(objective: Type[Any], dataset: Type[Any]) -> Callable[..., Any]:
    class Problem:
        def __init__(self, **settings: Any):
            self._task = _Task(objective, dataset, settings)
            self.start = self._task.vector.example
            self.approximate = not hasattr(self._task.objective, "gradient")
            if self.approximate:
                self.notes = ["gradients are central differences of values, with half of their digits"]

        def value(self, x: np.ndarray) -> float:
            return self._task.value(x)

        def evaluate(self, x: np.ndarray) -> Tuple[float, np.ndarray]:
            return self._task.value(x), self._task.gradient(x)

        def diagnostics(self, x: np.ndarray) -> Dict[str, float]:
            return {k: float(v) for k, v in self._task.result(x).items() if k != "value" and np.isscalar(v) and not isinstance(v, str)}

    return Problem


def _iterates(solver: Any, task: _Task, x: np.ndarray, announce: Callable[[np.ndarray], None]) -> str:
    """Run a solver as benchopt does, and announce its results."""

    def result() -> np.ndarray:
        return task.vector.pack(solver.get_result())

    strategy = str(getattr(solver, "sampling_strategy", None) or getattr(solver, "stopping_strategy", None) or "iteration").lower()
    if strategy == "callback":
        state = {"first": True}

        def callback(*results: Any) -> bool:
            at = task.vector.pack(results[0]) if results else result()
            if not (state["first"] and np.array_equal(at, x)):  # it is called before the first iteration as well
                announce(at)
            state["first"] = False
            return True

        solver.run(callback)
        announce(result())
        return "the solver has ended"
    for stop in _stops(strategy):
        solver.run(stop)
        announce(result())
    return "the solver has run with its finest tolerance" if strategy == "tolerance" else "the solver has run once"


def _stops(strategy: str) -> Iterator[Any]:
    if strategy == "run_once":
        return iter([1])
    if strategy == "tolerance":
        return (10.0**-k for k in range(1, 16))
    return iter(range(1, 1 << 30))


def _method(objective: Type[Any], datasets: Dict[str, Type[Any]], solver: Type[Any]) -> Callable[..., str]:
    def run(f: Oracle, x: np.ndarray, *, dataset: str, **settings: Any) -> str:
        task = _Task(objective, datasets[dataset], settings)
        aside = x + 0.1 * np.cos(np.arange(x.size))  # at the origin many objectives are alike
        ours = task.value(aside) if task.vector.example.size == x.size else np.nan
        if not np.isclose(ours, f.value(aside), rtol=1e-9, atol=1e-12):
            raise ValueError(f"the solver has the dataset {dataset} with {settings}, which is not the problem; give both the same parameters")
        made = _instance(solver, settings)
        arguments = task.objective.get_objective()
        skip, reason = made.skip(**arguments) if hasattr(made, "skip") else (False, "")
        if skip:
            raise ValueError(f"the solver refuses this problem: {reason}")
        made.set_objective(**arguments)

        def announce(at: np.ndarray) -> None:
            f.evaluate(at)  # the least that an iterate can have cost
            f.iterate(at)

        return _iterates(made, task, x, announce)

    return run


def _name(text: str) -> str:
    text = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")
    return text if text[:1].isalpha() or text[:1] == "_" else "_" + text


def register(folder: str) -> str:
    """Declare the problems and methods of a benchmark; the version that its files are."""
    _stand_in()
    sys.path.insert(0, folder)  # benchmark_utils
    if not os.path.exists(os.path.join(folder, "objective.py")):
        raise FileNotFoundError(f"{folder} is no benchmark of benchopt: it has no objective.py")
    objective = _load(os.path.join(folder, "objective.py"), "Objective")
    if objective is None:
        raise ImportError("objective.py imports something that is not installed")
    files = {kind: sorted(glob.glob(os.path.join(folder, kind, "*.py"))) for kind in ("datasets", "solvers")}
    loaded = {path: _load(path, kind[:-1].capitalize()) for kind, paths in files.items() for path in paths}
    datasets = {_name(of.name): of for path in files["datasets"] if (of := loaded[path]) is not None}
    for name, of in datasets.items():
        about = {"name": name, "summary": f"the objective {objective.name} of {os.path.basename(folder)} on the dataset {of.name}", "parameters": _declared(objective, of), "family": _name(objective.name)}
        add(PROBLEMS, Component(name, _problem(objective, of), about))
    choice = Parameter(next(iter(datasets)), oneof=tuple(datasets), doc="dataset of the problem").declared("dataset") if datasets else {}
    for path in files["solvers"]:
        solver = loaded[path]
        if solver is None or not datasets:
            continue
        about = {"name": _name(solver.name), "summary": f"the solver {solver.name} of {os.path.basename(folder)}", "parameters": [choice, *_declared(solver, objective, *datasets.values())]}
        add(METHODS, Component(about["name"], _method(objective, datasets, solver), about))
    digest = hashlib.sha256()
    for path in [os.path.join(folder, "objective.py"), *loaded]:
        with open(path, "rb") as content:
            digest.update(content.read())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -m gdbench.benchopt FOLDER")
    benchmark = os.path.abspath(sys.argv[1])
    serve(_name(os.path.basename(benchmark)), register(benchmark))
