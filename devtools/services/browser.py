"""A real browser for the tests: found on the machine, else installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from devtools.failure import Failure
from devtools.paths import PYTHON, ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL_SECONDS = 600
REMEDY = (
    "No browser could be found or installed. Install Chromium or Google Chrome, or set CHROMIUM "
    "to its program, or leave its tests out with --without browser."
)


def find_browser() -> Path:
    """The program of a Chromium or Chrome that starts.

    $CHROMIUM, else an installed one, else one that Playwright or Debian's package manager
    installs. Raises Failure, with the remedy, when none can be had.
    """
    given = os.environ.get("CHROMIUM")
    if given:
        if not starts(Path(given)):
            raise Failure(f"CHROMIUM={given} does not start. Correct it or unset it.")
        return Path(given)
    for obtain in (_nothing, _install_by_playwright, _install_by_apt):
        obtain()
        if (found := _first_that_starts()) is not None:
            return found
    raise Failure(REMEDY)


def starts(program: Path) -> bool:
    """Whether this program runs and tells its version."""
    try:
        shown = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return shown.returncode == 0


def _first_that_starts() -> Path | None:
    return next((program for program in _candidates() if starts(program)), None)


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from map(Path, APPLICATIONS)
    ask = "from playwright.sync_api import sync_playwright as start\n"
    ask += "with start() as driver: print(driver.chromium.executable_path)"
    shown = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    if path := shown.stdout.strip():
        yield Path(path)


def _nothing() -> None:
    """First look at what is there."""


def _install_by_playwright() -> None:
    print("No browser found; asking Playwright to install one …", flush=True)
    _try([str(PYTHON), "-m", "playwright", "install", "chromium"])


def _install_by_apt() -> None:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print("Asking Debian's package manager for chromium …", flush=True)
    _try(["apt-get", "update"])
    _try(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"])


def _try(command: list[str]) -> None:
    """Run an installer; what counts is whether a browser starts afterwards."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        result = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"{command[0]} gave up after {INSTALL_SECONDS} seconds.")
        return
    if result.returncode != 0:
        lines = result.stderr.decode(errors="replace").strip().splitlines()
        # The first line that speaks of an error; stack traces follow it.
        telling = [line for line in lines if "rror" in line or line.startswith("E:")]
        print("It failed:", *(telling or lines or [f"exit code {result.returncode}"])[:1])
