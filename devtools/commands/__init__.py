"""The commands of `dev.py`, one file each with a function `main(arguments) -> exit code`."""

import importlib
import os
import signal
import sys

from devtools.bytecode import keep_bytecode
from devtools.failure import Failure

NAMES = ("demo", "test", "check", "bench", "docs", "build", "lock", "screenshots")


def dispatch(arguments: list[str], *, usage: str) -> int:
    """Run the command that the first argument names; 2 for one that does not exist."""
    # A polite kill unwinds like Ctrl-C does, so that started servers are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if not arguments or arguments[0] not in NAMES:
        print(usage.strip())
        return 0 if arguments in (["--help"], ["-h"]) else 2
    keep_bytecode(os.environ)
    command = importlib.import_module(f"devtools.commands.{arguments[0]}")
    try:
        return int(command.main(arguments[1:]))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
