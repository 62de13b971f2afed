"""Commands about what is known of a person (D28)."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result
from app.kit.db import unit_of_work
from app.modules.tenancy.public import forget_person, tell_of_person

STANDARD_OUTPUT = Path("-")
OWNER_ALONE = 0o600

commands = typer.Typer(help="What is known of a person.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="The person's mail address.")]


@commands.command("export")
def export(
    email: Email,
    file: Annotated[Path, typer.Argument(help="Where to; - is standard output.")] = STANDARD_OUTPUT,
    as_json: AsJson = False,
) -> None:
    """Write everything that is known of a person as JSON, by table."""
    bootstrap.start()
    with unit_of_work(read_only=True) as work:
        told = tell_of_person(work, email)
    text = json.dumps(told, default=str, ensure_ascii=False, indent=2) + "\n"
    if file == STANDARD_OUTPUT:
        typer.echo(text, nl=False)
        return
    file.touch(mode=OWNER_ALONE)
    file.write_text(text, encoding="utf-8")
    rows = sum(map(len, told.values()))
    result = {"file": str(file), "rows": rows}
    print_result(result, f"Wrote {rows} rows to {file}.", as_json=as_json)


@commands.command("erase")
def erase(
    email: Email,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove or anonymise a person everywhere but in bills; it cannot be undone."""
    if not yes:
        _ask(email)
    bootstrap.start()
    with unit_of_work() as work:
        rows = forget_person(work, email)
    text = f"Erased, in {sum(rows.values())} rows of {len(rows)} tables. Bills stay."
    print_result({"rows": rows}, text, as_json=as_json)


def _ask(email: str) -> None:
    """Let a person at a terminal decide; nobody else is asked."""
    if not sys.stdin.isatty():
        typer.echo("Erasing cannot be undone. Confirm it with --yes.", err=True)
        raise typer.Exit(2)
    typer.confirm(f"Erase {email} everywhere but in bills? It cannot be undone.", abort=True)
