"""Commands about Stripe: set an account up, compare, fetch."""

from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer

from app import bootstrap
from app.cli.console import AsJson, print_result, progress
from app.modules.billing.public import (
    SetupReport,
    StripeReport,
    reconcile_stripe,
    require_payments,
    set_up_stripe,
    sync_now,
)

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
    with progress("Setting Stripe up"):
        report = set_up_stripe(base_url=system.settings.base_url, dry_run=dry_run)
    print_result(asdict(report), _told(report, dry_run=dry_run), as_json=as_json)


@commands.command("reconcile")
def reconcile(
    apply: Annotated[bool, typer.Option("--apply", help="Take over what differs.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Even if many would lose access by it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare all subscriptions with Stripe; exits with 1 unless all are in step."""
    bootstrap.start()
    with progress("Comparing with Stripe") as done:
        report = reconcile_stripe(repair=apply, force=yes, keep_alive=partial(done, 1))
    result = {**report.counts, "stopped": report.stopped, "drift": report.listed()}
    print_result(result, _found(report), as_json=as_json)
    if report.drifts or report.missing or report.failed:
        raise typer.Exit(1)


@commands.command("sync")
def sync(
    subscription: Annotated[str, typer.Argument(help="Its id at Stripe, sub_…")],
    as_json: AsJson = False,
) -> None:
    """Take over the present state of one subscription; exits with 1 if Stripe was out of reach."""
    bootstrap.start()
    require_payments()
    done = sync_now(subscription)
    later = "Stripe was out of reach; it is tried again later."
    text = "Took over what Stripe says." if done else later
    print_result({"subscription": subscription, "done": done}, text, as_json=as_json)
    if not done:
        raise typer.Exit(1)


def _found(report: StripeReport) -> str:
    lines = [
        f"{one.stripe_subscription_id} ({one.purpose}, merchant {one.owner.merchant_id}): "
        + ", ".join(f"{name} {ours} → {theirs}" for name, (ours, theirs) in one.fields.items())
        for one in report.drifts
    ]
    lines.append(", ".join(f"{count} {name}" for name, count in report.counts.items()) + ".")
    if report.stopped:
        lines.append("Nothing was changed: too many would lose access. Look first, then say --yes.")
    return "\n".join(lines)


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
