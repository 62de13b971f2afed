"""`dev.py docs`: build the documentation site, or serve it while writing."""

import argparse
import os
import subprocess

from devtools.environment import ensure_environment
from devtools.paths import PYTHON, ROOT


def main(arguments: list[str]) -> int:
    """Build into `site/`, a warning being an error; `--serve` rebuilds on every change."""
    parser = argparse.ArgumentParser(prog="dev.py docs", description=__doc__)
    parser.add_argument("--serve", action="store_true", help="serve on 127.0.0.1:8001")
    serve = parser.parse_args(arguments).serve
    ensure_environment("runtime", "dev", "docs")
    task = ["serve", "--dev-addr", "127.0.0.1:8001"] if serve else ["build"]
    mkdocs = [str(PYTHON), "-m", "mkdocs", *task, "--strict"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # the theme's advertisement on every build
    return subprocess.run(mkdocs, cwd=ROOT, env=quiet, check=False).returncode
