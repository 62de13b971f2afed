"""Running other programs so that a failure reads as a sentence."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.failure import Failure
from devtools.paths import ROOT


def run(command: Sequence[str | Path], what: str, *, env: Mapping[str, str] | None = None) -> None:
    """Run a set-up step silently.

    Raises Failure with the step's own output when it does not succeed.
    """
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=dict(env) if env is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        shown = shlex.join(str(part) for part in command)
        raise Failure(f"{what} failed.\n$ {shown}\n{result.stdout.strip()}")


def with_path(first: Path) -> dict[str, str]:
    """The present environment with `first` leading the search path."""
    return {**os.environ, "PATH": f"{first}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
