"""Fingerprints of inputs, so that a step runs only when what it depends on has changed."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from devtools.paths import ROOT


def fingerprint(paths: Iterable[Path], *facts: str) -> str:
    """A digest of the files' names and contents and of further facts; a missing file counts."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(fact.encode() + b"\0")
    for path in sorted(set(paths)):
        digest.update(os.path.relpath(path, ROOT).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"absent")
    return digest.hexdigest()


def is_fresh(stamp: Path, expected: str) -> bool:
    """Whether the step that left this stamp ran with the same inputs."""
    return stamp.is_file() and stamp.read_text() == expected


def leave(stamp: Path, value: str) -> None:
    """Record that a step has run with these inputs."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
