"""The built front end: packages from npm made into the files under `build/static`.

Nothing made here is committed. `devtools.assets` decides when a build is due.
"""

import hashlib
import shutil
from pathlib import Path

from devtools.icons import write_sprite
from devtools.node import NodeTools
from devtools.paths import BUILD, ROOT
from devtools.processes import run
from devtools.stamps import fingerprint, is_fresh, leave

OUTPUT = BUILD / "static"
PACKAGES = ROOT / "node_modules"
STYLES = ROOT / "app" / "modules" / "core" / "static" / "css" / "app.css"

FONT = "fonts/inter.woff2"
COPIES = {
    "@alpinejs/csp/dist/cdn.min.js": "vendor/alpine.js",
    "chart.js/dist/chart.umd.min.js": "vendor/chart.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": FONT,
}


def build_frontend(node: NodeTools) -> None:
    """Make `build/static` from templates, scripts, styles and the locked packages.

    Raises Failure when npm or Tailwind fails, and when a template names an icon that the set
    does not have.
    """
    install_packages(node)
    for source, target in COPIES.items():
        copy(PACKAGES / source, OUTPUT / target)
    write_sprite(ROOT / "app", PACKAGES / "lucide-static" / "icons", OUTPUT / "icons.svg")
    write_styles(node)


def install_packages(node: NodeTools) -> None:
    """Install exactly the locked packages, unless they are there already."""
    stamp = PACKAGES / ".locked"
    locked = fingerprint([ROOT / "package.json", ROOT / "package-lock.json"])
    if is_fresh(stamp, locked):
        return
    run([*node.npm, "ci", "--loglevel=error"], "Installing the front-end packages", env=node.env)
    leave(stamp, locked)


def write_styles(node: NodeTools) -> None:
    """Run Tailwind over the style sheet; its address of the font gets a content hash."""
    target = OUTPUT / "css" / "app.css"
    program = PACKAGES / "@tailwindcss" / "cli" / "dist" / "index.mjs"
    command: list[str | Path] = [
        node.node,
        program,
        "--input",
        STYLES,
        "--output",
        target,
        "--minify",
    ]
    run(command, "Building the style sheet", env=node.env)
    address = f"/static/{FONT}"
    text = target.read_text(encoding="utf-8")
    target.write_text(text.replace(address, f"{address}?v={version(OUTPUT / FONT)}"), "utf-8")


def version(path: Path) -> str:
    """The version that the server puts into a file's address: pages preload the same one."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def copy(source: Path, target: Path) -> None:
    """Copy a file, making the folders above it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
