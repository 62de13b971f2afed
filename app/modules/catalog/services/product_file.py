"""The CSV file of products as text: encoding, separator, columns; pure.

Columns `sku`, `name` and `price` are needed, `currency`, `description` and `active` may be left
out, others are refused; their order is free. Cells are separated by commas or semicolons, the
text is UTF-8.
"""

import csv
import io
from collections.abc import Iterator

from app.modules.catalog.exceptions import ProductFileUnreadable

NEEDED = ("sku", "name", "price")
COLUMNS = (*NEEDED, "currency", "description", "active")


def read_records(content: bytes) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield the rows below the head, each with the line on which it begins; empty ones are left
    out, and one with more or fewer cells than the head is None.

    Raises ProductFileUnreadable.
    """
    text = _text(content)
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = _columns(next(reader, []))
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                fits = len(cells) == len(columns)
                yield line, dict(zip(columns, cells, strict=True)) if fits else None
            line = reader.line_num + 1
    except csv.Error as broken:
        raise _unreadable("file_not_csv", line=reader.line_num) from broken


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as other:
        line = content.count(b"\n", 0, other.start) + 1
        raise _unreadable("file_not_utf8", line=line) from other


def _columns(head: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in head]
    missing = [name for name in NEEDED if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    if missing:
        raise _unreadable("file_columns_missing", columns=", ".join(missing))
    if unknown:
        raise _unreadable(
            "file_columns_unknown",
            columns=", ".join(name[:40] for name in unknown[:10]),
            known=", ".join(COLUMNS),
        )
    if len(set(columns)) < len(columns):
        raise _unreadable("file_columns_repeated")
    return columns


def _unreadable(code: str, **params: int | str) -> ProductFileUnreadable:
    return ProductFileUnreadable(("/file", code, params))
