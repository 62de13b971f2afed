"""`dev.py lock`: write the locks anew from `requirements/*.in`."""

import argparse

from devtools.locks import compile_locks


def main(arguments: list[str]) -> int:
    """Compile every lock; with `--upgrade` to the newest versions that fit."""
    parser = argparse.ArgumentParser(prog="dev.py lock", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    compile_locks(upgrade=parser.parse_args(arguments).upgrade)
    return 0
