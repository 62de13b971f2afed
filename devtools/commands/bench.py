"""`dev.py bench`: run a measurement by name; without a name, list them."""

import subprocess

from devtools.assets import ensure_frontend
from devtools.environment import ensure_environment
from devtools.paths import PYTHON, ROOT


def main(arguments: list[str]) -> int:
    """Run `benchmarks/NAME.py` with the remaining arguments; 2 for a name that does not exist."""
    names = bench_names()
    if not arguments or arguments[0] not in names:
        print("Measurements:", ", ".join(names) or "none")
        return 0 if not arguments else 2
    ensure_environment("runtime", "dev")
    ensure_frontend()
    module = f"benchmarks.{arguments[0].replace('-', '_')}"
    bench = [str(PYTHON), "-m", module, *arguments[1:]]
    return subprocess.run(bench, cwd=ROOT, check=False).returncode


def bench_names() -> list[str]:
    """The measurements there are, by their public names (`check-http` for `check_http.py`)."""
    files = (ROOT / "benchmarks").glob("[!_]*.py")
    return sorted(path.stem.replace("_", "-") for path in files)
