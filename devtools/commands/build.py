"""`dev.py build`: all that set-up makes, so that later commands find it done."""

import argparse

from devtools.assets import ensure_frontend
from devtools.environment import ensure_environment


def main(arguments: list[str]) -> int:
    """Install the environment for running the product and build its front end."""
    argparse.ArgumentParser(prog="dev.py build", description=__doc__).parse_args(arguments)
    ensure_environment("runtime")
    ensure_frontend()
    print("Built: .venv and build/static fit the tree.")
    return 0
