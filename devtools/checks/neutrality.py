"""No tracked file says where packages come from: that is each machine's own setting."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from devtools.paths import ROOT

# In pieces, so that this file itself names none of them.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("ubuntu", "com"),
        ("docker", "io"),
    )
]
ANYWHERE = re.compile("|".join(re.escape(host) for host in HOSTS), re.IGNORECASE)
IN_LOCKS = {
    "requirements/": re.compile(r"://|--(?:extra-)?index-url|--find-links|\bfile:"),
    "package-lock.json": re.compile(r'"resolved"'),
    ".npmrc": re.compile(r"://|^\s*registry\s*=", re.MULTILINE),
    "pyproject.toml": re.compile(r"index-url|find-links|\[\[tool\.uv\.index\]\]"),
}


def main() -> int:
    """Print every place that names a source of packages; 1 when there is one."""
    found = list(findings(ROOT, tracked_files(ROOT)))
    for finding in found:
        print(finding)
    return 1 if found else 0


def tracked_files(root: Path) -> list[str]:
    """Paths, relative to the root, of what is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    shown = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return [name for name in shown.stdout.split("\0") if name]


def findings(root: Path, names: Iterable[str]) -> Iterator[str]:
    """`file:line: what stands there` for each line that names a registry or an index."""
    for name in names:
        path = root / name
        if not path.is_file():  # deleted, and not yet committed as such
            continue
        of_locks = (rule for place, rule in IN_LOCKS.items() if f"/{place}" in f"/{name}")
        patterns = [ANYWHERE, *of_locks]
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            for pattern in patterns:
                if match := pattern.search(line):
                    yield f"{name}:{number}: {match[0]}"


if __name__ == "__main__":
    sys.exit(main())
