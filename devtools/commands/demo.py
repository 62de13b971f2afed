"""`dev.py demo`: set up what is missing, then become the product's demo command."""

import os
import sys

from devtools.assets import ensure_frontend
from devtools.environment import ensure_environment
from devtools.paths import PYTHON, ROOT


def main(arguments: list[str]) -> int:
    """Replace this process by `tierline demo` with the same arguments."""
    ensure_environment("runtime")
    ensure_frontend()
    sys.stdout.flush()
    # Never returns: signals reach the product itself, and no second process stays in memory.
    os.environ["PYTHONPATH"] = str(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "app.cli.main", "demo", *arguments])
