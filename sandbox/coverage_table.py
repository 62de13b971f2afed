"""The table of the README: what each endpoint covers, read from the register of endpoints.

`python -m sandbox.coverage_table` writes it into the README.
"""

from pathlib import Path

import sandbox.resources  # noqa: F401  (registers the endpoints)
from sandbox.wire.coverage import Covered, uncovered
from sandbox.wire.endpoints import ENDPOINTS, Endpoint

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- coverage: begin -->", "<!-- coverage: end -->"


def table() -> str:
    """The rows in Markdown, in the order of paths."""
    rows = [
        "| endpoint | covered parameters | not covered: refused with 400 |",
        "| --- | --- | --- |",
    ]
    for each in sorted(ENDPOINTS, key=lambda e: (e.path, e.method)):
        covered, missing = written(each.covered), ", ".join(not_covered(each))
        rows.append(f"| `{each.method} {each.path}` | {covered or '–'} | {missing or '–'} |")
    return "\n".join(rows)


def written(tree: Covered) -> str:
    """A coverage tree as words with braces."""
    parts = []
    for name, below in tree.items():
        parts.append(name if below is None else f"{name} {{{written(below)}}}")
    return ", ".join(parts)


def not_covered(endpoint: Endpoint) -> list[str]:
    """What Stripe has and the sandbox refuses; `expand` works everywhere."""
    return [name for name in uncovered(endpoint.covered, endpoint.node()) if name != "expand"]


def with_table(text: str) -> str:
    """The README with the table as the code says now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> None:
    """Write the table into the README."""
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
