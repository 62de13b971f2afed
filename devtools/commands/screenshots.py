"""`dev.py screenshots`: pictures of the demo's pages, to look at and for the README."""

import os
import subprocess

from devtools.assets import ensure_frontend
from devtools.environment import ensure_environment
from devtools.paths import PYTHON, ROOT
from devtools.services.browser import find_browser


def main(arguments: list[str]) -> int:
    """Provide the environment and a browser, then take the pictures in it."""
    ensure_environment("runtime", "dev")
    ensure_frontend()
    environment = {**os.environ, "CHROMIUM": str(find_browser())}
    command = [str(PYTHON), "-m", "devtools.screenshots", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
