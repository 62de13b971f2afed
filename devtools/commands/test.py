"""`dev.py test`: every test, against a real PostgreSQL, a real Redis and a real browser."""

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from devtools.assets import ensure_frontend
from devtools.environment import ensure_environment
from devtools.paths import PYTHON, ROOT
from devtools.services.browser import find_browser
from devtools.services.postgres import postgres_server
from devtools.services.redis import redis_server

SERVICES = ("browser", "postgres", "redis")


def main(arguments: list[str]) -> int:
    """Provide what the tests need, run pytest, and say what was left out."""
    options, for_pytest = _parser().parse_known_args(arguments)
    ensure_environment("runtime", "dev")
    ensure_frontend()
    with ExitStack() as stack:
        report = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "left-out.json"
        environment = {
            **os.environ,
            **_provide(stack, without=options.without),
            "TIERLINE_WITHOUT": ",".join(options.without),
            "TIERLINE_LEFT_OUT": str(report),
        }
        if options.full:
            environment["TIERLINE_FULL"] = "1"
        code = _pytest(for_pytest, environment)
        counts = json.loads(report.read_text()) if report.exists() else {}
    print(closing_line(options.without, counts))
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py test",
        description=__doc__,
        epilog="Whatever else is given passes to pytest: paths, -k, -m, -x, --lf, -n 0 …",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--without", action="append", choices=SERVICES, default=[], help="leave out its tests")
    add("--full", action="store_true", help="run the heavy proofs at their full size")
    return parser


def _provide(stack: ExitStack, *, without: list[str]) -> dict[str, str]:
    """Start or find the services, the one that needs no ending first; where to reach them."""
    found = {}
    if "browser" not in without:
        found["CHROMIUM"] = str(find_browser())
    if "postgres" not in without:
        found["TEST_DATABASE_URL"] = stack.enter_context(postgres_server())
    if "redis" not in without:
        found["TEST_REDIS_URL"] = stack.enter_context(redis_server())
    return found


def _pytest(arguments: list[str], environment: Mapping[str, str]) -> int:
    command = [str(PYTHON), "-m", "pytest", "-n", "auto", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait()  # the terminal has told pytest as well; it prints its report
            raise
        except SystemExit:
            process.terminate()
            raise


def closing_line(without: list[str], counts: Mapping[str, int]) -> str:
    """What this run did not test, by name and number of tests."""
    if not without:
        return "Nothing was left out."
    parts = [f"{name} ({counts.get(name, 0)} tests)" for name in dict.fromkeys(without)]
    return f"Left out by --without: {', '.join(parts)}."
