"""CSV as spreadsheets understand it, and without what they would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV; a text that a spreadsheet would run as a formula gets a `'` in front."""
    text = io.StringIO()
    csv.writer(text).writerows([_guarded(value) for value in row] for row in rows)
    return text.getvalue()


def unguarded(value: str) -> str:
    """Return what a cell held before it was written by `csv_text`."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_STARTS_FORMULA) else value


def _guarded(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_STARTS_FORMULA):
        return f"'{value}"
    return value
