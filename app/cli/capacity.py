"""Commands about capacity: the day's snapshot, and what is expected."""

from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, print_rows, progress
from app.kit.db import unit_of_work
from app.modules.billing.public import capacity_forecast_service

commands = typer.Typer(help="Snapshots and forecasts.", no_args_is_help=True)


@commands.command("snapshot")
def snapshot(as_json: AsJson = False) -> None:
    """Write today's snapshot of every platform and renew the forecasts; again updates it."""
    bootstrap.start()
    with progress("Adding everything up"):
        taken = capacity_forecast_service.capture_snapshot()
    print_result(
        vars(taken), f"{taken.day}: snapshots of {taken.platforms} platforms.", as_json=as_json
    )


@commands.command("forecast")
def forecast(
    days: Annotated[int, typer.Option(min=1, max=365, help="Days to look back.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Show how every figure grew, and what is expected in 30 days; needs seven snapshots."""
    bootstrap.start()
    with unit_of_work(read_only=True) as work:
        trends = capacity_forecast_service.get_growth_trends(work.session, days)
    rows = [{"metric": name, **trend} for name, trend in trends["metrics"].items()]
    print_rows(rows, as_json=as_json)
    if trends["insufficient_data"]:
        raise typer.Exit(1)
