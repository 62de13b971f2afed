"""Commands about media files."""

from datetime import timedelta
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, progress
from app.modules.media.public import StorageReport, verify_storage

commands = typer.Typer(help="Media files.", no_args_is_help=True)


@commands.callback()
def media() -> None:
    """Keep `verify` a command of its own, as long as it is the only one."""


@commands.command("verify")
def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help="Remove orphans and correct figures.")
    ] = False,
    older_than: Annotated[
        int, typer.Option(min=0, help="Minutes; younger objects may belong to running uploads.")
    ] = 60,
    as_json: AsJson = False,
) -> None:
    """Compare database and storage both ways; exits with 1 where they do not fit."""
    bootstrap.start()
    with progress("Comparing with the storage"):
        report = verify_storage(repair=repair, older_than=timedelta(minutes=older_than))
    print_result(vars(report), _told(report, repaired=repair), as_json=as_json)
    if not report.is_clean:
        raise typer.Exit(1)


def _told(report: StorageReport, *, repaired: bool) -> str:
    done = "removed" if repaired else "found"
    corrected = "corrected" if repaired else "wrong"
    lines = [
        *(f"No row: {key}" for key in report.orphans),
        *(f"Lost: {key}" for key in report.missing),
        *(f"Figures {corrected}: {code}" for code in report.wrong_totals),
    ]
    orphans, missing, stores = map(len, (report.orphans, report.missing, report.wrong_totals))
    found = f"{orphans} objects without row {done}, {missing} lost"
    return "\n".join([*lines, f"{found}, figures of {stores} stores {corrected}."])
