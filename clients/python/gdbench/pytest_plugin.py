"""The plugin of pytest: the fixture gdbench_gate, and the option --gdbench-update.

    def test_optimizer(gdbench_gate):
        gdbench_gate("bench/mine.yaml", "bench/baseline.jsonl")

Where the optimizer has become worse, the test fails with the text of the gate.
`pytest --gdbench-update` writes the baselines instead, to be looked at and committed.
"""

from __future__ import annotations

from typing import Any, Callable

import pytest

from . import _gate


def pytest_addoption(parser: Any) -> None:
    """Add --gdbench-update."""
    parser.getgroup("gdbench").addoption("--gdbench-update", action="store_true", help="write the baselines of gdbench_gate instead of comparing with them")


@pytest.fixture
def gdbench_gate(request: Any) -> Callable[..., str]:
    """gdbench.gate, or with --gdbench-update what writes the baseline."""
    if not request.config.getoption("--gdbench-update"):
        return _gate.gate

    def update(suite: Any, baseline: Any, *, strict: bool = False, **settings: Any) -> str:
        return _gate.update(suite, baseline, **settings)

    return update
