"""What the tests share: gdbench itself, and the package in the path of the programs it starts."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def gdbench():
    """A function that calls gdbench, and returns what it printed."""
    binary = os.environ.get("GDBENCH") or shutil.which("gdbench")
    if not binary:
        pytest.skip("set GDBENCH to the binary of gdbench")
    # Suites start python3, which is to be the one that runs the tests.
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "GDBENCH_ALLOW_PROCESSES": "1"}

    def call(*args, code=0, cwd=None):
        done = subprocess.run([binary, *map(str, args)], capture_output=True, text=True, env=environment, cwd=cwd)
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    call.binary, call.path = binary, str(ROOT)
    return call


@pytest.fixture
def run(gdbench, tmp_path):
    """A function that runs a suite, and returns its records in the order of the grid."""
    from gdbench._read import records

    def call(text, **files):
        (tmp_path / "suite.yaml").write_text("suite: test\n" + text.replace("PYTHON", sys.executable))
        for name, content in files.items():
            (tmp_path / f"{name}.py").write_text(content)
        gdbench("run", tmp_path / "suite.yaml", "--out", tmp_path / "run", "--no-report", "--workers", 2)
        return list(records(tmp_path / "run"))

    call.folder = tmp_path / "run"
    return call
