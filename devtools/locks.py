"""The locks in `requirements/`: universal, pinned by hash, naming no registry."""

import hashlib
from pathlib import Path

from devtools.paths import REQUIREMENTS
from devtools.processes import run
from devtools.uv import find_uv

# In this order: a later lock is constrained by the earlier ones that its input names with `-c`.
GROUPS = ("runtime", "dev", "docs", "bench", "boot", "node", "postgres", "redis")
PROGRAMS = {"boot", "node", "postgres", "redis"}  # one wheel each, without what it depends on
OLDEST_PYTHON = "3.11"


def compile_locks(*, upgrade: bool) -> None:
    """Write every lock from its input; versions stay as they are unless told to `upgrade`.

    Raises Failure when an input cannot be satisfied.
    """
    for group in GROUPS:
        lock = REQUIREMENTS / f"{group}.txt"
        command: list[str | Path] = [
            *(find_uv(), "pip", "compile", "--quiet", REQUIREMENTS / f"{group}.in"),
            *("--output-file", lock, "--universal", "--python-version", OLDEST_PYTHON),
            *("--generate-hashes", "--no-header", "--no-annotate"),
            *("--no-emit-index-url", "--no-emit-find-links"),
            *(["--no-deps"] if group in PROGRAMS else []),
            *(["--upgrade"] if upgrade else []),
        ]
        run(command, f"Locking {group}")
        lock.write_text(f"{header(group)}\n{_without_header(lock.read_text())}")


def outdated_locks() -> list[str]:
    """The groups whose input has changed since their lock was written."""
    return [
        group
        for group in GROUPS
        if not (REQUIREMENTS / f"{group}.txt").read_text().startswith(header(group) + "\n")
    ]


def header(group: str) -> str:
    """The first line of an up-to-date lock: what it was made from."""
    source = (REQUIREMENTS / f"{group}.in").read_bytes()
    digest = hashlib.sha256(source).hexdigest()
    return f"# Made from {group}.in ({digest[:16]}) by `python3 dev.py lock`."


def _without_header(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
