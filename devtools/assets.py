"""The built front end, made anew only when something it is made from has changed."""

from collections.abc import Iterator
from pathlib import Path

from devtools.icons import used_icons
from devtools.locked import locked
from devtools.paths import BUILD, ROOT
from devtools.stamps import fingerprint, is_fresh, leave

STAMP = BUILD / "static.stamp"
MAKERS = ("package.json", "package-lock.json", "devtools/frontend.py", "devtools/icons.py")
TREES = ("templates", "static")


def ensure_frontend() -> None:
    """Make sure `build/static` fits the tree.

    Raises Failure when Node cannot be had or the build fails.
    """
    if _is_built():
        return
    # Imported only now: a second start must not pay for what it does not use.
    from devtools.frontend import build_frontend  # noqa: PLC0415
    from devtools.node import find_node  # noqa: PLC0415

    with locked("frontend"):
        if _is_built():
            return
        print("Building the front end …", flush=True)
        inputs = _fingerprint()
        STAMP.unlink(missing_ok=True)
        build_frontend(find_node())
        leave(STAMP, inputs)


def _is_built() -> bool:
    return (BUILD / "static").is_dir() and is_fresh(STAMP, _fingerprint())


def _fingerprint() -> str:
    # Of Python files only the icons they name matter, so editing one does not cause a build.
    return fingerprint(_inputs(), *sorted(used_icons(ROOT / "app")))


def _inputs() -> Iterator[Path]:
    yield from (ROOT / name for name in MAKERS)
    for tree in TREES:
        for folder in ROOT.glob(f"app/modules/*/{tree}"):
            yield from (path for path in folder.rglob("*") if path.is_file())
