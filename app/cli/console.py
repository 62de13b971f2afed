"""How commands start the system and print: for people, or as JSON with `--json`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

_NO_END = 10_000


def print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows of the same keys as a table, or as a JSON array; nothing is cut off.

    A terminal breaks what is too long for it; a pipe or a file gets each row in one line.
    """
    if as_json:
        typer.echo(json.dumps(rows, default=str))
        return
    table = Table(*(Column(name, overflow="fold") for name in (rows[0] if rows else [])))
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console = Console(width=None if sys.stdout.isatty() else _NO_END)
    console.print(table if rows else "Nothing to show.")


def print_result(result: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Print one outcome."""
    typer.echo(json.dumps(result, default=str) if as_json else text)


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Show a bar while the block runs; what it yields counts how much is done.

    On a terminal alone, and beside the output: nothing is left of it in a pipe or a file.
    """
    terminal = Console(stderr=True)
    columns = (
        TextColumn(what),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
    )
    hidden = not terminal.is_terminal
    with Progress(*columns, console=terminal, transient=True, disable=hidden) as bar:
        yield partial(bar.advance, bar.add_task(what, total=None))
