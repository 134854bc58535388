"""liblbfgs (Okazaki), unchanged, as a method of gdbench.

    python3 -m gdbench.liblbfgs

This is the client in C of a checkout, clients/c/liblbfgs.c. It is compiled once, into the cache
of the user, and then takes the place of this program. It needs a C compiler and liblbfgs (on
Debian the package liblbfgs-dev).
"""

from __future__ import annotations

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
from typing import List

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "c" / "liblbfgs.c"


def program(source: pathlib.Path = SOURCE, libraries: "tuple[str, ...]" = ("-llbfgs", "-lm")) -> pathlib.Path:
    """Compile a client in C, unless that has been done, and return the path of the program.

    Args:
        source: a file beside gdbench.h.
        libraries: what the linker needs.
    """
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "gdbench"
    command: List[str] = [os.environ.get("CC", "cc"), "-O2"]
    text = source.read_bytes() + (source.parent / "gdbench.h").read_bytes() + " ".join([*command, *libraries]).encode()
    made = cache / f"{source.stem}-{hashlib.sha256(text).hexdigest()[:16]}"
    if made.exists():
        return made
    cache.mkdir(parents=True, exist_ok=True)
    descriptor, scratch = tempfile.mkstemp(dir=cache)
    os.close(descriptor)
    try:
        subprocess.run([*command, "-o", scratch, str(source), *libraries], check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        os.chmod(scratch, 0o755)
        os.replace(scratch, made)  # at once: another worker may be about to do the same
    except BaseException:
        os.unlink(scratch)
        raise
    return made


def _main() -> None:
    if not SOURCE.exists():
        sys.exit(f"{SOURCE} is missing: liblbfgs is compiled from a checkout of gdbench, with clients/python in PYTHONPATH")
    try:
        made = program()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"cannot compile {SOURCE}: {error}; it needs a C compiler and liblbfgs (Debian: gcc, libc6-dev, liblbfgs-dev)")
    os.execv(made, [str(made)])


if __name__ == "__main__":
    _main()
