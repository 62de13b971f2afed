"""Commands about limits and what is used of them."""

from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, print_rows, progress
from app.kit.db import unit_of_work
from app.modules.billing.public import Drift, UsageService, reconcile
from app.modules.tenancy.public import get_open_platform_id, get_store_by_code

commands = typer.Typer(help="Limits and usage.", no_args_is_help=True)


@commands.command("show")
def show(
    store: Annotated[str, typer.Argument(help="A store's code.")], as_json: AsJson = False
) -> None:
    """Show the meters of the merchant that a store belongs to."""
    bootstrap.start()
    with unit_of_work(read_only=True) as work:
        owner = get_store_by_code(work, store).owner
    metrics = UsageService().get_metrics(owner)
    print_rows([metric.as_dict() for metric in metrics], as_json=as_json)


@commands.command("reconcile")
def reconcile_counters(
    platform: Annotated[str | None, typer.Option(help="Only this platform's code.")] = None,
    as_json: AsJson = False,
) -> None:
    """Count all rows anew and correct counters that drifted; exits with 1 if any had."""
    bootstrap.start()
    chosen = None
    if platform is not None:
        with unit_of_work(read_only=True) as work:
            chosen = [get_open_platform_id(work, platform)]
    merchants, drifts = 0, list[Drift]()
    with progress("Counting merchants") as done:
        for step in reconcile(chosen):
            merchants += step.merchants
            drifts += step.drifts
            done(step.merchants)
    result = {"merchants": merchants, "drifts": [vars(drift) for drift in drifts]}
    print_result(result, _told(merchants, drifts), as_json=as_json)
    if drifts:
        raise typer.Exit(1)


def _told(merchants: int, drifts: list[Drift]) -> str:
    lines = [
        f"Merchant {one.merchant_id}, {one.feature_code}: said {one.counter}, is {one.true}"
        for one in drifts
    ]
    return "\n".join([*lines, f"{merchants} merchants counted, {len(drifts)} counters corrected."])
