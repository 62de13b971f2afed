"""Reading the access table."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("table.txt")
_SPECIAL_NAMES = {"{deleted_id}": "{product_id}", "{unused_tier}": "{tier_code}"}


@dataclass(frozen=True)
class Row:
    """A route, and the expected answer to each visitor."""

    method: str
    path: str
    expected: Mapping[str, str]

    @property
    def route(self) -> str:
        """Method and address as routes are declared, without the query."""
        path = self.path.partition("?")[0]
        for special, usual in _SPECIAL_NAMES.items():
            path = path.replace(special, usual)
        return f"{self.method} {path}"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def read_table(text: str) -> list[Row]:
    """Every row. Raises ValueError for one that has more or fewer answers than the head."""
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    (_, _, *visitors), *rows = lines
    return [
        Row(method, path, dict(zip(visitors, answers, strict=True)))
        for method, path, *answers in rows
    ]


ROWS = read_table(FILE.read_text(encoding="utf-8"))
