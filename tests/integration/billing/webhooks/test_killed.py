"""A worker killed at any instruction loses nothing and doubles nothing (S14)."""

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.kit.clocks import Clocks, SettableClock, SystemClock, configure_clocks
from app.kit.db import Database, unit_of_work
from app.kit.mail.message import KIND
from app.kit.outbox.models import OutboxRow
from app.modules.billing.gateways.metadata import plan_metadata
from app.modules.billing.models import BillingHistory, MerchantSubscription, StripeSync
from app.modules.billing.services.webhooks.inbox import receive
from tests.factories.tenancy import AShop
from tests.integration.billing.webhooks.life import a_life, prices_of
from tests.integration.billing.webhooks.stage import Stage, drain, stored_events
from tests.integration.billing.webhooks.test_inbox import an_event

ROOT = Path(__file__).parents[4]
WORKER = "tests.integration.billing.webhooks.worker"
LONGEST_LIFE_S = 0.8


def a_failure(shop: AShop, customer_id: str, plan: str, number: int) -> dict[str, Any]:
    """Failed payment of an invoice of its own."""
    details = {
        "subscription": plan,
        "metadata": plan_metadata(shop.owner, shop.store_id, "essential"),
    }
    invoice = {
        "id": f"in_{number}",
        "status": "open",
        "customer": customer_id,
        "parent": {"subscription_details": details},
        "livemode": False,
        "created": 1_790_000_000 + number,
        "subtotal": 100,
        "total": 100,
        "amount_due": 100,
        "amount_paid": 0,
        "attempt_count": 1,
        "currency": "eur",
    }
    return an_event("invoice.payment_failed", id=f"evt_{number}", data={"object": invoice})


def run_until_killed(url: str, seconds: float) -> None:
    """Let a worker work for some seconds, then kill it without a word."""
    command = [sys.executable, "-m", WORKER, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def test_every_event_takes_effect_once(
    stage: Stage,
    database: Database,
    proof_size: Callable[..., int],
) -> None:
    size = proof_size("webhooks worked off by killed processes", reduced=400, full=10_000)
    life = a_life(stage, "killed")
    plan = life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    with unit_of_work() as work:
        for number in range(size):
            receive(work, a_failure(life.shop, life.customer_id, plan, number))
    dice = random.Random("killed")  # noqa: S311 - must repeat, not be secret
    for _ in range(max(3, size // 200)):
        run_until_killed(database.url, dice.uniform(0, LONGEST_LIFE_S))
    configure_clocks(Clocks(SettableClock(SystemClock().now() + timedelta(minutes=5))))
    drain()
    assert_once(size)
    with unit_of_work(read_only=True) as work:
        row = work.session.query(MerchantSubscription).one()
        leases = work.session.query(StripeSync).all()
    assert (row.status, row.payment_retry_count) == ("active", 0)
    assert all(one.done == one.wanted and one.claimed_until is None for one in leases)


def assert_once(size: int) -> None:
    """Every event is processed, and each has one invoice and one mail."""
    failures = [one for one in stored_events() if one.event_type == "invoice.payment_failed"]
    assert [one.status for one in failures] == ["processed"] * size
    with unit_of_work(read_only=True) as work:
        invoices = work.session.query(BillingHistory.stripe_invoice_id).filter(
            BillingHistory.stripe_invoice_id.in_([f"in_{number}" for number in range(size)])
        )
        mails = work.session.query(OutboxRow.dedupe_key).filter(
            OutboxRow.kind == KIND, OutboxRow.dedupe_key.contains("payment_failed")
        )
        assert invoices.count() == mails.count() == size
