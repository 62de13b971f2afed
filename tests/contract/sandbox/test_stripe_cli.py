"""Stripe's own command line as a second client, independent of the SDK (S20)."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.sandbox.world import KEY, World, a_world

ROOT = Path(__file__).parents[3]

TRIGGERS = {
    "customer.created": "customer.created",
    "customer.updated": "customer.updated",
    "customer.deleted": "customer.deleted",
    "customer.discount.created": "customer.discount.created",
    "customer.discount.updated": "customer.discount.updated",
    "customer.discount.deleted": "customer.discount.deleted",
    "customer.source.created": "customer.source.created",
    "customer.source.updated": "customer.source.updated",
    "customer.subscription.created": "customer.subscription.created",
    "customer.subscription.updated": "customer.subscription.updated",
    "customer.subscription.deleted": "customer.subscription.deleted",
    "customer.subscription.paused": "customer.subscription.paused",
    "customer.subscription.trial_will_end": "customer.subscription.trial_will_end",
    "subscription.payment_failed": "invoice.payment_failed",
    "subscription.payment_succeeded": "invoice.payment_succeeded",
}


def command() -> str:
    """The CLI of the npm package `@stripe/cli`, or the one that STRIPE_CLI names."""
    named = os.environ.get("STRIPE_CLI")
    found = [Path(named)] if named else sorted(ROOT.glob("node_modules/@stripe/cli-*/bin/stripe*"))
    if not found:
        pytest.fail("The Stripe CLI is missing: `npm ci` installs it, or name it by STRIPE_CLI.")
    return str(found[0])


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One sandbox for all triggers."""
    with a_world() as made:
        yield made


@pytest.mark.parametrize(("trigger", "event"), TRIGGERS.items())
def test_a_trigger_is_accepted_and_its_webhook_arrives(
    world: World, tmp_path: Path, trigger: str, event: str
) -> None:
    world.receiver.bodies.clear()
    world.receiver.signatures.clear()
    ran = subprocess.run(
        [command(), "trigger", trigger, "--api-base", world.running.url, "--api-key", KEY],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], "STRIPE_CLI_TELEMETRY_OPTOUT": "1"},
    )
    assert "Trigger succeeded!" in ran.stdout, ran.stdout + ran.stderr
    world.settle()
    assert event in world.receiver.types()
