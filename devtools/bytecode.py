"""Compiled Python, kept from one start to the next."""

from collections.abc import MutableMapping

from devtools.paths import CACHE


def keep_bytecode(environment: MutableMapping[str, str]) -> None:
    """Let the programs that are started with this environment compile each source once.

    Compiling takes longer than all the rest of a start. Some machines forbid to write bytecode
    beside the sources (`PYTHONDONTWRITEBYTECODE`); here it has a folder of its own. Python itself
    compiles anew what has changed.
    """
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("PYTHONPYCACHEPREFIX", str(CACHE / "bytecode"))
