"""Commands about Stripe's webhooks."""

from dataclasses import asdict
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, print_rows
from app.kit.db import unit_of_work
from app.modules.billing.public import WebhookStatus, newest_webhooks, replay_webhook

FAILED = "failed"

commands = typer.Typer(help="Webhooks that Stripe has sent.", no_args_is_help=True)


@commands.command("list")
def list_events(
    status: Annotated[WebhookStatus | None, typer.Option(help="Only these.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the newest webhooks and what became of them."""
    bootstrap.start()
    with unit_of_work(read_only=True) as work:
        lines = newest_webhooks(work, status=status, limit=limit)
    print_rows([asdict(line) for line in lines], as_json=as_json)


@commands.command("replay")
def replay(
    event: Annotated[str, typer.Argument(help="Its id at Stripe, evt_…")],
    as_json: AsJson = False,
) -> None:
    """Work on a webhook once more, now; exits with 1 when it fails again."""
    bootstrap.start()
    result = replay_webhook("command-line", event)
    text = f"{event}: {result.status}" + (f", {result.message}" if result.message else "")
    print_result(asdict(result), text, as_json=as_json)
    if result.status == FAILED:
        raise typer.Exit(1)
