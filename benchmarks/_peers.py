"""Peers in environments of their own, installed on demand from their locks."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from devtools.failure import Failure
from devtools.locked import locked
from devtools.node import NodeTools, find_node
from devtools.paths import CACHE, REQUIREMENTS, ROOT
from devtools.processes import run
from devtools.stamps import fingerprint, is_fresh, leave
from devtools.uv import find_uv

HOME = CACHE / "bench"
LOCK = REQUIREMENTS / "bench.txt"
PEERS = ROOT / "benchmarks" / "peers"
NPM_FILES = ("package.json", "package-lock.json")


@dataclass(frozen=True)
class NpmPeer:
    """A program for Node, and where the packages are that it needs."""

    node: Path
    program: Path
    packages: Path


def run_peer(name: str, task: object) -> dict[str, float] | None:
    """Let `benchmarks/peers/NAME.py` do a task; its figures, None where it cannot be installed."""
    command = python_peer(name)
    if command is None:
        return None
    with NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(task, file)
        file.flush()
        ordered = [*command, file.name]
        output = subprocess.run(ordered, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(output.splitlines()[-1])
    return figures


def python_peer(name: str) -> list[str] | None:
    """Return how to call `benchmarks/peers/NAME.py`; None, with a word why, where one cannot."""
    try:
        return [str(_environment()), str(PEERS / f"{name}.py")]
    except Failure as failure:
        print(failure, file=sys.stderr)
        return None


def npm_peer(name: str) -> NpmPeer | None:
    """Return `benchmarks/peers/NAME/server.cjs` with its packages; None as `python_peer`."""
    try:
        tools = find_node()
        packages = _packages(name, tools)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return None
    return NpmPeer(tools.node, PEERS / name / "server.cjs", packages)


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


def _packages(name: str, tools: NodeTools) -> Path:
    home, files = CACHE / f"bench-{name}", [PEERS / name / one for one in NPM_FILES]
    stamp, inputs = home / "stamp", fingerprint(files)
    with locked(f"bench-{name}"):
        if not is_fresh(stamp, inputs):
            home.mkdir(exist_ok=True)
            for file in files:
                shutil.copy(file, home)
            install = (*tools.npm, "ci", "--ignore-scripts", "--loglevel=error")
            run([*install, "--prefix", home], f"Installing {name}", env=tools.env)
            leave(stamp, inputs)
    return home / "node_modules"
