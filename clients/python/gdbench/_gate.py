"""gdbench itself, called from Python: runs, baselines and gates."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sysconfig
import tempfile
from typing import Iterator, List, Optional, Sequence

_CODES = {1: "the gate found a loss", 2: "the call or a file is wrong", 3: "nothing can be compared", 4: "the gate cannot find a loss that is worth knowing"}


class GateFailed(AssertionError):
    """What a gate says where it does not pass.

    Attributes:
        code: exit code of gdbench; 1 is a loss.
    """

    def __init__(self, text: str, code: int):
        super().__init__(text)
        self.code = code


def command() -> str:
    """The path of gdbench: $GDBENCH, the one that a wheel has installed with this package, or that in $PATH."""
    program = "gdbench.exe" if os.name == "nt" else "gdbench"
    beside = os.path.join(os.path.dirname(os.path.dirname(__file__)), "bin")  # of pip install --target
    installed = [os.path.join(folder, program) for folder in (sysconfig.get_path("scripts"), beside)]
    found = os.environ.get("GDBENCH") or next((path for path in installed if os.path.isfile(path)), None) or shutil.which("gdbench")
    if not found:
        raise FileNotFoundError("gdbench is not in $PATH; install it, or name its path in $GDBENCH")
    return found


def _call(args: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([command(), *args], capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL)


def _checked(args: Sequence[str], fine: Sequence[int] = (0,)) -> str:
    done = _call(args)
    if done.returncode not in fine:
        raise GateFailed(f"gdbench {' '.join(args)}: exit code {done.returncode}\n{done.stdout}{done.stderr}".rstrip(), done.returncode)
    return done.stdout


def _is_run(path: str) -> bool:
    return os.path.exists(os.path.join(path, "manifest.json"))


def _run(suite: str, folder: str, set: Sequence[str], only: Sequence[str], workers: Optional[int]) -> None:
    args: List[str] = ["run", suite, "--out", folder, "--no-report", "--allow-processes"]
    for flag, values in (("--set", set), ("--only", only), ("--workers", [workers] if workers else [])):
        for value in values:
            args += [flag, str(value)]
    _checked(args, fine=(0, 1))  # 1: a cell failed or a claim is refuted, which the gate judges


@contextlib.contextmanager
def _ran(suite: str, set: Sequence[str], only: Sequence[str], workers: Optional[int]) -> Iterator[str]:
    """The folder of a run of the suite, or the run folder that it is."""
    __tracebackhide__ = True
    if _is_run(suite):
        yield suite
        return
    with tempfile.TemporaryDirectory(prefix="gdbench-") as folder:
        run = os.path.join(folder, "run")
        _run(suite, run, set, only, workers)
        yield run


def write_baseline(run: "str | os.PathLike[str]", out: "str | os.PathLike[str]") -> str:
    """Write the baseline of a run folder, a small file to commit; its path."""
    out = os.fspath(out)
    os.makedirs(os.path.dirname(os.path.abspath(out)), exist_ok=True)
    _checked(["baseline", os.fspath(run), "--out", out])
    return out


def gate(
    suite: "str | os.PathLike[str]",
    baseline: "str | os.PathLike[str]",
    *,
    set: Sequence[str] = (),
    only: Sequence[str] = (),
    workers: Optional[int] = None,
    strict: bool = False,
) -> str:
    """Run a suite and compare it with a baseline; what the gate says where it passes.

    Usable in a test: where the gate does not pass, GateFailed, an AssertionError, has its text.
    The programs that the suite declares are started.

    Args:
        suite: a suite file, the name of a built-in suite, or a run folder, which is compared as it is.
        baseline: a file that `gdbench baseline` has written, or a run folder.
        set, only: as the flags of `gdbench run`, such as set=["repeats=5"].
        workers: number of cells to run in parallel; by default the number of processors.
        strict: as the flag of `gdbench gate`.
    """
    __tracebackhide__ = True  # of pytest
    suite, baseline = os.fspath(suite), os.fspath(baseline)
    if not os.path.exists(baseline):
        raise FileNotFoundError(f"no baseline {baseline}; write it with gdbench.baseline(RUN, {baseline!r}), or with pytest --gdbench-update")
    with _ran(suite, set, only, workers) as run:
        done = _call(["gate", baseline, run, *(["--strict"] if strict else [])])
    if done.returncode:
        reason = _CODES.get(done.returncode, f"exit code {done.returncode}")
        raise GateFailed(f"{reason}\n{done.stdout}{done.stderr}".rstrip(), done.returncode)
    return done.stdout


def update(suite: "str | os.PathLike[str]", baseline: "str | os.PathLike[str]", *, set: Sequence[str] = (), only: Sequence[str] = (), workers: Optional[int] = None) -> str:
    """Run a suite and write its baseline, as gate compares with it; its path."""
    suite = os.fspath(suite)
    with _ran(suite, set, only, workers) as run:
        return write_baseline(run, baseline)
