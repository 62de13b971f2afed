"""Commands about Stripe: set an account up, compare, fetch."""

from dataclasses import asdict
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result
from app.modules.billing.public import SetupReport, set_up_stripe

commands = typer.Typer(help="The account at Stripe.", no_args_is_help=True)


@commands.command("setup")
def setup(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make products, prices, portal and webhook endpoint; running it again changes nothing."""
    system = bootstrap.start()
    report = set_up_stripe(base_url=system.settings.base_url, dry_run=dry_run)
    print_result(asdict(report), _told(report, dry_run=dry_run), as_json=as_json)


def _told(report: SetupReport, *, dry_run: bool) -> str:
    lines = [
        f"{step.outcome:10} {step.thing:9} {step.name}" + (f" ({step.note})" if step.note else "")
        for step in report.steps
    ]
    would = "would be made or changed" if dry_run else "made or changed"
    lines.append(f"{report.changes} things {would}.")
    if report.webhook_secret is not None:
        lines.append("Stripe tells this secret only once; set it and start again:")
        lines.append(f"STRIPE_WEBHOOK_SECRET={report.webhook_secret}")
    return "\n".join(lines)
