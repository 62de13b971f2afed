"""Peers in an environment of their own, installed on demand from `requirements/bench.txt`."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from devtools.failure import Failure
from devtools.locked import locked
from devtools.paths import CACHE, REQUIREMENTS, ROOT
from devtools.processes import run
from devtools.stamps import fingerprint, is_fresh, leave
from devtools.uv import find_uv

HOME = CACHE / "bench"
LOCK = REQUIREMENTS / "bench.txt"


def run_peer(name: str, task: object) -> dict[str, float] | None:
    """Let `benchmarks/peers/NAME.py` do a task; its figures, None where it cannot be installed."""
    try:
        python = _environment()
    except Failure as failure:
        print(failure, file=sys.stderr)
        return None
    with NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(task, file)
        file.flush()
        command = [str(python), str(ROOT / "benchmarks" / "peers" / f"{name}.py"), file.name]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(output.splitlines()[-1])
    return figures


def _environment() -> Path:
    python, stamp, inputs = HOME / "bin" / "python", HOME / "stamp", fingerprint([LOCK])
    with locked("bench"):
        if not is_fresh(stamp, inputs):
            uv = find_uv()
            run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, HOME], "Peers")
            sync = (uv, "pip", "sync", "--quiet", "--require-hashes")
            run([*sync, "--python", python, LOCK], "Installing the peers")
            leave(stamp, inputs)
    return python
