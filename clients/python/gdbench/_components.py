"""Methods and problems as a program declares them, from what Python knows of them."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional, Sequence

_MISSING: Any = object()


@dataclass
class Parameter:
    """A parameter with more than a default, to be written as the default of an argument."""

    default: Any = _MISSING
    range: str = ""
    oneof: Sequence[str] = ()
    doc: str = ""
    type: str = ""
    space: str = ""

    def declared(self, name: str) -> Dict[str, Any]:
        """The parameter as a hello has it."""
        out: Dict[str, Any] = {"name": name, "type": self.type or _type_of(name, self.default), "doc": self.doc}
        if self.default is not _MISSING:
            out["default"] = list(self.default) if isinstance(self.default, tuple) else self.default
        if self.range:
            out["range"] = self.range
        if self.oneof:
            out["oneof"] = list(self.oneof)
        if self.space:
            out["space"] = self.space
        return out


def parameter(default: Any = _MISSING, *, range: str = "", oneof: Sequence[str] = (), doc: str = "", type: str = "", space: str = "") -> Any:
    """A parameter: its default, a range such as "(0,1]", the words it may be, its meaning, and where `tune: default` draws it
    from, such as "{loguniform: [1e-3, 1]}".

    Without a default it must be written. The type follows from the default, or is given:
    "number", "length", "integer", "boolean", "text", "numbers", "integers", "texts".
    """
    return Parameter(default, range, oneof, doc, type, space)


def length(default: Any = _MISSING, *, range: str = "(0,)", doc: str = "learning rate", space: str = "") -> Any:
    """A parameter that may also be written in terms of a problem's constants, such as 1/L."""
    return Parameter(default, range, (), doc, "length", space)


def _type_of(name: str, default: Any) -> str:
    if isinstance(default, bool):
        return "boolean"
    if isinstance(default, int):
        return "integer"
    if isinstance(default, float):
        return "number"
    if isinstance(default, str):
        return "text"
    if isinstance(default, (list, tuple)) and default:
        return _type_of(name, default[0]) + "s"
    raise TypeError(f"parameter {name}: its type does not follow from the default {default!r}; use gdbench.parameter(type=…)")


_ANNOTATED = {float: "number", int: "integer", bool: "boolean", str: "text", "float": "number", "int": "integer", "bool": "boolean", "str": "text"}


def parameters_of(function: Callable) -> List[Dict[str, Any]]:
    """The keyword-only arguments of a function, as parameters."""
    out = []
    for p in inspect.signature(function).parameters.values():
        if p.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        known = p.default if isinstance(p.default, Parameter) else Parameter(_MISSING if p.default is p.empty else p.default)
        kind = known.type or _ANNOTATED.get(p.annotation, "")
        default = known.default
        if kind == "number" and isinstance(default, int) and not isinstance(default, bool):
            default = float(default)
        if kind in ("", "number") and p.name == "lr":
            kind = "length"
        out.append(Parameter(default, known.range, known.oneof, known.doc, kind, known.space).declared(p.name))
    return out


@dataclass
class Component:
    """A method or a problem with what its hello says."""

    name: str
    make: Callable[..., Any]
    declared: Dict[str, Any] = field(default_factory=dict)
    isolate: bool = True


METHODS: Dict[str, Component] = {}
PROBLEMS: Dict[str, Component] = {}


def _summary(of: Callable) -> str:
    lines = (inspect.getdoc(of) or "").strip().splitlines()
    return lines[0].rstrip(".") if lines else ""


def add(registry: Dict[str, Component], component: Component) -> None:
    """Register a component; a name that is taken is an error."""
    if component.name in registry:
        raise ValueError(f"{component.name} is declared twice")
    registry[component.name] = component


def method(
    function: Optional[Callable] = None,
    *,
    name: str = "",
    parameters: Optional[List[Dict[str, Any]]] = None,
    isolate: bool = True,
    **declared: Any,
) -> Any:
    """Declare a method: a function of the oracle and the start, and of keyword-only parameters.

    It either yields its iterates, or calls f.iterate(x) after each iteration; it may return
    a message at its end. Each run is in a process of its own (a fork) unless isolate is false,
    so that no run depends on the one before.

    Further keys are those of a hello: batches, random, asked, proximal, needs, summary,
    formula, source, doi, family, version.
    """

    def declare(f: Callable) -> Callable:
        about = {
            "name": name or f.__name__.strip("_"),
            "summary": _summary(f),
            "parameters": parameters_of(f) if parameters is None else parameters,
            **declared,
        }
        add(METHODS, Component(about["name"], f, about, isolate))
        return f

    return declare if function is None else declare(function)


def problem(
    of: Optional[Callable] = None,
    *,
    name: str = "",
    start: Any = None,
    parameters: Optional[List[Dict[str, Any]]] = None,
    facts: Optional[Dict[str, Any]] = None,
    **declared: Any,
) -> Any:
    """Declare a problem: a class, or a function of x that returns f(x) and its gradient.

    A class takes its parameters as keyword-only arguments, and has start (a vector) and
    evaluate(x), which returns value and gradient. It may also have

    - value(x), hessian(x), hessian_product(x, v);
    - residuals(x) and jacobian(x), for sums of squares ½‖r‖²;
    - samples and evaluate_on(x, indices), for means over samples;
    - rest(x) and prox(x, t), for a part that is not smooth;
    - diagnostics(x), a dictionary of further numbers;
    - convexity, minimum (a number, or a dictionary with value, accuracy and points), constants
      (such as {"L": 4.0}), starts (vectors by their names), notes, approximate;
    - shapes: the arrays that x consists of, in their order, as pairs of name and shape. One axis
      is a bias, two are a matrix; a third entry names another kind: "embedding".

    A function needs start, and may have these attributes in facts.
    """

    def declare(f: Callable) -> Callable:
        make = f if inspect.isclass(f) else _function_problem(f, start, facts or {})
        about = {
            "name": name or f.__name__.strip("_"),
            "summary": _summary(f),
            "parameters": parameters_of(f.__init__ if inspect.isclass(f) else f) if parameters is None else parameters,
            **declared,
        }
        add(PROBLEMS, Component(about["name"], make, about))
        return f

    return declare if of is None else declare(of)


def _function_problem(function: Callable, start: Any, facts: Dict[str, Any]) -> Callable[..., Any]:
    if start is None:
        raise TypeError(f"the problem {function.__name__} is a function and needs start=…")

    class Function:
        def __init__(self, **settings: Any):
            self._settings = settings
            self.start = start(**settings) if callable(start) else start
            for key, value in facts.items():
                setattr(self, key, value)

        def evaluate(self, x: Any) -> Any:
            return function(x, **self._settings)

    return Function
