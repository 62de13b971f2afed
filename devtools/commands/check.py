"""`dev.py check`: everything about the tree that a program can judge without running it."""

import argparse
import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from devtools.environment import ensure_environment
from devtools.paths import PYTHON, ROOT


@dataclass(frozen=True)
class Check:
    """A check by name; it holds when its Python module ends with 0."""

    name: str
    module: str
    arguments: Sequence[str] = ()


@dataclass(frozen=True)
class Outcome:
    """How a check ended, what it printed, and how long it took in seconds."""

    check: Check
    ok: bool
    output: str
    seconds: float


# The long ones first, since several run at a time.
CHECKS = (
    Check("types", "mypy"),
    Check("migrations", "devtools.checks.migrations"),
    Check("imports", "devtools.checks.imports"),
    Check("lint", "ruff", ("check", "--quiet", "--output-format", "concise", ".")),
    Check("format", "ruff", ("format", "--check", "--output-format", "concise", ".")),
    Check("templates", "devtools.checks.templates"),
    Check("locks", "devtools.checks.locks"),
    Check("neutrality", "devtools.checks.neutrality"),
)


def main(arguments: list[str]) -> int:
    """Run all checks, or the named ones, even when one fails; 1 when any did."""
    parser = argparse.ArgumentParser(prog="dev.py check", description=__doc__)
    names = [check.name for check in CHECKS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}")
    wanted = parser.parse_args(arguments).names
    if unknown := sorted(set(wanted) - set(names)):
        parser.error(f"there is no check {', '.join(unknown)}; there are {', '.join(names)}")
    ensure_environment("runtime", "dev")
    return run_checks([check for check in CHECKS if check.name in (wanted or names)])


def run_checks(checks: Sequence[Check]) -> int:
    """Run them side by side and print a line for each, with its output when it failed."""
    outcomes = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for finished in as_completed([pool.submit(_run, check) for check in checks]):
            outcome = finished.result()
            outcomes.append(outcome)
            state = "ok" if outcome.ok else "failed"
            print(f"{outcome.check.name:<12}{state:<8}{outcome.seconds:5.1f} s", flush=True)
            if not outcome.ok:
                print(outcome.output.rstrip(), flush=True)
    failed = sorted(outcome.check.name for outcome in outcomes if not outcome.ok)
    print(f"Failed: {', '.join(failed)}." if failed else f"{len(outcomes)} of {len(outcomes)} ok.")
    return 1 if failed else 0


def _run(check: Check) -> Outcome:
    started = time.monotonic()
    result = subprocess.run(
        [str(PYTHON), "-m", check.module, *check.arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    return Outcome(check, result.returncode == 0, result.stdout, seconds)
