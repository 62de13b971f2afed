"""Small pieces of Markdown."""

import re
from collections.abc import Iterable, Sequence

_LITERAL_OR_ANGLE = re.compile(r"(`[^`]*`)|<")


def code(text: object) -> str:
    """Return a literal; nothing for None or an empty text."""
    return f"`{text}`" if text not in (None, "") else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; line breaks and bars and angles in cells do no harm."""
    lines = [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]
    return "\n".join(lines) + "\n"


def document(title: str, lead: str, *parts: str) -> str:
    """Return a page: title, what it lists, and its parts."""
    return "\n".join([f"# {title}\n", f"{lead}\n", *parts])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    one_line = " ".join(text.split()).replace("|", "\\|")
    return _LITERAL_OR_ANGLE.sub(lambda found: found[1] or "&lt;", one_line)
