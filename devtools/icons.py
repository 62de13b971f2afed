"""One SVG sprite of the icons that templates, scripts and navigation entries name."""

import re
from collections.abc import Iterator
from pathlib import Path

from devtools.failure import Failure

SOURCES = ("*.html", "*.js", "*.py")
# icon("sun"), icon="sun", icon_name="sun", empty_icon="sun", icon: "sun": names are literals.
NAMED = re.compile(r"""\b(?:\w+_)?icon(?:_name)?(?:\(|\s*=|\s*:)\s*["']([a-z][a-z0-9-]*)["']""")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def write_sprite(sources: Path, icons: Path, target: Path) -> None:
    """Write a sprite with one symbol for each icon named below `sources`.

    Raises Failure with the names that `icons` lacks and the files that use them.
    """
    used = used_icons(sources)
    missing = [
        f"{name} in {path.relative_to(sources)}"
        for name, path in used.items()
        if not (icons / f"{name}.svg").is_file()
    ]
    if missing:
        raise Failure(f"Lucide has no such icon: {', '.join(missing)}")
    symbols = (symbol(name, icons / f"{name}.svg") for name in sorted(used))
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sprite, encoding="utf-8")


def used_icons(sources: Path) -> dict[str, Path]:
    """Icon names in the sources, each with a file that uses it."""
    return {
        name: path
        for path in icon_sources(sources)
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
    }


def icon_sources(folder: Path) -> Iterator[Path]:
    """Files that may name an icon."""
    for pattern in SOURCES:
        yield from sorted(folder.rglob(pattern))


def symbol(name: str, path: Path) -> str:
    """The drawing of one icon as a symbol; colour and stroke come from the page's styles."""
    drawing = DRAWING.search(path.read_text(encoding="utf-8"))
    if drawing is None:
        raise Failure(f"{path.name} holds no SVG drawing")
    shapes = re.sub(r"\s*\n\s*", "", drawing.group(1))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'
