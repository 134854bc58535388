"""The loop of a program: it answers gdbench until the pipe is closed."""

from __future__ import annotations

import inspect
import os
import signal
import sys
import traceback
from typing import Any, Dict, NoReturn, Optional

import numpy as np

from ._components import METHODS, PROBLEMS, Component
from ._oracle import Oracle
from ._problem import Answers
from ._wire import PROTOCOL, Channel, Closed, Stop, floats


def serve(name: str = "", version: str = "") -> None:
    """Answer gdbench until it has no more questions. Call it at the end of the program.

    Args:
        name: prefix of the components on the command line; in a suite it is the key under
            processes. By default it is the name of the file.
        version: what identifies the results of this program, such as the versions of the
            libraries. Results of one version are comparable. Without one, the contents of
            the files that the command names identify it.
    """
    if "GDBENCH_PROTOCOL" not in os.environ:
        print(
            "this program is for gdbench; try: gdbench list methods --process "
            f"'{os.path.basename(sys.executable)} {' '.join(sys.argv)}'",
            file=sys.stderr,
        )
        sys.exit(2)
    channel = Channel()
    try:
        _greet(channel, name, version)
        _loop(channel)
    except (Closed, BrokenPipeError):
        pass


def _greet(channel: Channel, name: str, version: str) -> None:
    kind, _, message = channel.next()
    if kind != "{" or "gdbench" not in message:
        raise RuntimeError("the first message is no greeting of gdbench")
    channel.tell(
        {
            "hello": {
                "protocol": PROTOCOL,
                "name": name or os.path.splitext(os.path.basename(sys.argv[0]))[0],
                "version": version,
                "methods": [c.declared for c in METHODS.values()],
                "problems": [c.declared for c in PROBLEMS.values()],
            }
        }
    )


def _loop(channel: Channel) -> None:
    problems: Dict[int, Answers] = {}
    while True:
        kind, number, payload = channel.next()
        if kind == "{" and "run" in payload:
            _run(channel, payload["run"])
        elif kind == "{" and "build" in payload:
            build = payload["build"]
            try:
                problems[build["number"]] = answers = Answers(PROBLEMS[build["problem"]].make, build)
                channel.tell({"built": answers.built()})
            except Exception as error:
                channel.tell({"error": _describe(error)})
        elif kind == "N":
            channel.send("n", floats(payload))
        elif number in problems:
            try:
                answer = problems[number].answer(kind, payload)
            except Exception as error:
                channel.tell({"error": _describe(error)})
            else:
                channel.send(kind.lower(), answer, number=number)


def _run(channel: Channel, start: Dict[str, Any]) -> None:
    """One run, in a fork where the method allows it: nothing that it changes is left behind."""
    _, _, payload = channel.next()
    component = METHODS[start["method"]]
    if not component.isolate or not hasattr(os, "fork"):
        channel.tell(_descend(channel, component, start, floats(payload)))
        return
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _child(channel, component, start, payload)
    _, status = os.waitpid(pid, 0)
    if status != 0:
        reason = f"signal {signal.Signals(status & 0x7F).name}" if status & 0x7F else f"exit status {status >> 8}"
        channel.tell({"error": f"the process of the run ended: {reason}"})


def _child(channel: Channel, component: Component, start: Dict[str, Any], payload: bytearray) -> NoReturn:
    status = 1
    try:
        end = _descend(channel, component, start, floats(payload))
        sys.stdout.flush()
        sys.stderr.flush()
        channel.tell(end)
        status = 0
    except (Closed, BrokenPipeError):
        status = 0  # gdbench is gone, and so will be the parent
    finally:
        os._exit(status)


def _descend(channel: Channel, component: Component, start: Dict[str, Any], x: np.ndarray) -> Dict[str, Any]:
    """Run the method; the message that ends the run."""
    oracle = Oracle(channel, start)
    try:
        returned = component.make(oracle, x, **start["parameters"])
        if inspect.isgenerator(returned):
            returned = _iterate(oracle, returned)
    except Stop:
        return {"done": {"message": ""}}
    except (Closed, BrokenPipeError):
        raise
    except Exception as error:
        traceback.print_exc()
        return {"error": _describe(error)}
    return {"done": {"message": "" if returned is None else str(returned)}}


def _iterate(oracle: Oracle, iterates: Any) -> Optional[str]:
    while True:
        try:
            oracle.iterate(next(iterates))
        except StopIteration as end:
            return end.value


def _describe(error: Exception) -> str:
    """The error with the line of the user's code where it happened."""
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    outside = [f for f in frames if os.path.dirname(f.filename) != os.path.dirname(__file__)]
    if outside:
        text += f" ({os.path.basename(outside[-1].filename)}:{outside[-1].lineno})"
    return text
