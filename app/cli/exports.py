"""Commands that write lists to files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, progress
from app.kit.db import unit_of_work
from app.modules.billing.public import (
    SubscriptionFilters,
    export_invoices,
    export_subscriptions,
)
from app.modules.tenancy.public import get_open_platform_id

commands = typer.Typer(help="Lists as CSV files.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="Where to.")]
Platform = Annotated[str | None, typer.Option(help="Only this platform's code.")]


@commands.command("subscriptions")
def subscriptions(file: File, platform: Platform = None, as_json: AsJson = False) -> None:
    """Write every subscription with its tier, period and monthly value."""
    bootstrap.start()
    filters = SubscriptionFilters(platform_ids=_platforms(platform))
    _write(file, export_subscriptions(filters), as_json=as_json)


@commands.command("invoices")
def invoices(file: File, platform: Platform = None, as_json: AsJson = False) -> None:
    """Write every bill with its amounts and buyer."""
    bootstrap.start()
    _write(file, export_invoices(_platforms(platform)), as_json=as_json)


def _platforms(code: str | None) -> frozenset[int] | None:
    if code is None:
        return None
    with unit_of_work(read_only=True) as work:
        return frozenset({get_open_platform_id(work, code)})


def _write(file: Path, pieces: Iterable[str], *, as_json: bool) -> None:
    rows = -1  # the head is none
    with file.open("w", encoding="utf-8", newline="") as written, progress("Writing") as done:
        for piece in pieces:
            written.write(piece)
            rows += piece.count("\r\n")
            done(piece.count("\r\n"))
    print_result(
        {"file": str(file), "rows": rows}, f"Wrote {rows} rows to {file}.", as_json=as_json
    )
