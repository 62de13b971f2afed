"""How commands start the system and print: for people, or as JSON with `--json`."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

console = Console()


def print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows of the same keys as a table, or as a JSON array."""
    if as_json:
        typer.echo(json.dumps(rows, default=str))
        return
    table = Table(*(rows[0] if rows else []))
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console.print(table if rows else "Nothing to show.")


def print_result(result: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Print one outcome."""
    typer.echo(json.dumps(result, default=str) if as_json else text)
