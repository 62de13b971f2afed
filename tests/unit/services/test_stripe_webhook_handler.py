"""The handler of Stripe's webhooks as the requirement calls it (S12, S13)."""

import json
from collections.abc import Callable
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.kit.db import database, unit_of_work
from app.modules.billing.exceptions import PaymentSystemUnavailable
from app.modules.billing.gateways.metadata import plan_metadata
from app.modules.billing.gateways.shapes import subscription_snapshot
from app.modules.billing.models import (
    BillingHistory,
    MerchantSubscription,
    StripeWebhookEvent,
    SubscriptionTier,
    TierPrice,
)
from app.modules.billing.services.sync import flight
from app.modules.billing.services.sync.fetched import Fetched
from app.modules.billing.services.webhooks.handler import StripeWebhookHandler, WebhookResult
from tests.factories.tenancy import AShop

PAYLOADS = Path(__file__).parents[1] / "billing" / "payloads"
NEWEST, OLDEST = "2026-10-28.endive", "2024-06-20"
PRICE = "price_pro_month_eur"


class AtStripe:
    """What Stripe answers when a subscription is asked for."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.is_away = False

    def fetch(self, subscription_id: str) -> Fetched:
        """Answer as the gateway does."""
        self.asked.append(subscription_id)
        if self.is_away:
            raise PaymentSystemUnavailable
        return Fetched(subscription_snapshot(self.objects[subscription_id]), None)


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch) -> AtStripe:
    made = AtStripe()
    monkeypatch.setattr(flight, "fetch", made.fetch)
    return made


@pytest.fixture
def event(shop: AShop, stripe: AtStripe) -> Callable[..., dict[str, Any]]:
    """Make a sample event about the shop, which Stripe's present state agrees with."""
    sell("professional")
    metadata = plan_metadata(shop.owner, shop.store_id, "professional")
    numbers = count(1)

    def make(name: str, version: str = NEWEST, **changes: Any) -> dict[str, Any]:
        path = PAYLOADS / f"{name}.{version}.json"
        made: dict[str, Any] = json.loads(path.read_text()) | {"id": f"evt_{next(numbers)}"}
        found = made["data"]["object"]
        details = (found.get("parent") or {}).get("subscription_details") or found.get(
            "subscription_details"
        )
        (details or found)["metadata"] = metadata
        found.update(changes)
        if found["object"] == "subscription":
            stripe.objects[found["id"]] = deepcopy(found)
        return made

    return make


def sell(code: str) -> None:
    """Let the samples' price be that of a tier."""
    with unit_of_work() as work:
        tier = work.session.query(SubscriptionTier).filter_by(code=code).one()
        price = work.session.query(TierPrice).filter_by(tier_id=tier.id, interval="month").one()
        price.stripe_price_id = PRICE


def handle(event: dict[str, Any]) -> WebhookResult:
    with Session(database().engine) as db:
        return StripeWebhookHandler().handle_event(db, event)


def row_of(shop: AShop) -> MerchantSubscription:
    with unit_of_work(read_only=True) as work:
        return (
            work.session.query(MerchantSubscription).filter_by(merchant_id=shop.merchant_id).one()
        )


def tier_of(shop: AShop) -> str:
    tier_id = row_of(shop).tier_id
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(SubscriptionTier, tier_id).code


def invoices() -> list[BillingHistory]:
    with unit_of_work(read_only=True) as work:
        return work.session.query(BillingHistory).all()


def stored() -> list[tuple[str, str, int]]:
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(StripeWebhookEvent).order_by(StripeWebhookEvent.id)
        return [(row.event_id, row.status, row.attempts) for row in rows]


@pytest.mark.parametrize("version", [NEWEST, OLDEST])
def test_activates_the_subscription_that_was_bought(
    shop: AShop, event: Callable[..., Any], stripe: AtStripe, version: str
) -> None:
    bought = event("customer.subscription.created", version)["data"]["object"]
    completed = event("checkout.session.completed", version, subscription=bought["id"])
    assert handle(completed).status == "processed"
    row = row_of(shop)
    assert (row.status, row.billing_source, tier_of(shop)) == ("active", "stripe", "professional")
    assert row.stripe_customer_id == bought["customer"]
    assert row.stripe_subscription_id == bought["id"]
    assert stripe.asked == [bought["id"]]


def test_does_not_provide_what_is_not_paid_yet(
    shop: AShop, event: Callable[..., Any], stripe: AtStripe
) -> None:
    completed = event("checkout.session.completed", payment_status="unpaid")
    assert handle(completed).status == "processed"
    assert (tier_of(shop), stripe.asked) == ("essential", [])


def test_skips_an_event_that_came_before(event: Callable[..., Any], stripe: AtStripe) -> None:
    created = event("customer.subscription.created")
    assert [handle(created).status, handle(created).status] == ["processed", "duplicate"]
    assert stored() == [(created["id"], "processed", 1)]
    assert len(stripe.asked) == 1


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("trialing", "trial"),
        ("active", "active"),
        ("past_due", "past_due"),
        ("unpaid", "unpaid"),
        ("paused", "paused"),
        ("canceled", "cancelled"),
        ("incomplete_expired", "expired"),
    ],
)
def test_maps_statuses(
    shop: AShop, event: Callable[..., Any], stripe: AtStripe, theirs: str, ours: str
) -> None:
    handle(event("customer.subscription.created"))
    handle(event("customer.subscription.updated", status=theirs))
    assert row_of(shop).status == ours


def test_believes_stripe_and_not_a_payload_that_is_late(
    shop: AShop, event: Callable[..., Any], stripe: AtStripe
) -> None:
    late = event("customer.subscription.created", status="active")
    stripe.objects[late["data"]["object"]["id"]]["status"] = "past_due"
    handle(late)
    assert row_of(shop).status == "past_due"


def test_ends_a_subscription_that_was_deleted(shop: AShop, event: Callable[..., Any]) -> None:
    handle(event("customer.subscription.created"))
    deleted = event("customer.subscription.deleted")
    assert handle(deleted).status == "processed"
    ended = subscription_snapshot(deleted["data"]["object"]).ended_at
    assert (row_of(shop).status, row_of(shop).cancelled_at) == ("cancelled", ended)


@pytest.mark.parametrize("version", [NEWEST, OLDEST])
def test_records_a_payment_in_the_history(
    shop: AShop, event: Callable[..., Any], version: str
) -> None:
    handle(event("customer.subscription.created", version))
    handle(event("invoice.paid", version))
    [invoice] = invoices()
    assert (invoice.merchant_id, invoice.status) == (shop.merchant_id, "paid")
    assert (invoice.subtotal_cents, invoice.tax_cents, invoice.total_cents) == (2900, 493, 3393)
    assert invoice.amount_paid_cents == 3393
    assert [line["amount_cents"] for line in invoice.lines] == [2900]


@pytest.mark.parametrize("version", [NEWEST, OLDEST])
def test_marks_what_could_not_be_paid_past_due(
    shop: AShop, event: Callable[..., Any], stripe: AtStripe, version: str
) -> None:
    handle(event("customer.subscription.created", version))
    event("customer.subscription.updated.past_due", version)
    handle(event("invoice.payment_failed", version))
    row, [invoice] = row_of(shop), invoices()
    assert (row.status, row.payment_retry_count) == ("past_due", 1)
    assert row.past_due_since == invoice.invoice_date


def test_never_lets_a_late_failure_undo_a_payment(event: Callable[..., Any], shop: AShop) -> None:
    handle(event("customer.subscription.created"))
    handle(event("invoice.paid", id="in_1"))
    handle(event("invoice.payment_failed", id="in_1"))
    [invoice] = invoices()
    assert (invoice.status, invoice.amount_paid_cents) == ("paid", 3393)
    assert (row_of(shop).status, row_of(shop).payment_retry_count) == ("active", 0)


def test_ignores_what_belongs_to_nobody_here(event: Callable[..., Any], stripe: AtStripe) -> None:
    stranger = event("customer.subscription.created", metadata={}, customer="cus_other")
    result = handle(stranger)
    assert (result.status, result.message) == ("ignored", "of_nobody")
    assert (stored(), stripe.asked) == ([(stranger["id"], "ignored", 1)], [])


def test_ignores_types_that_change_nothing_here(event: Callable[..., Any]) -> None:
    other = event("customer.subscription.created") | {"type": "product.created"}
    assert handle(other).status == "ignored"


def test_ignores_what_the_other_mode_sent(event: Callable[..., Any], stripe: AtStripe) -> None:
    live = event("customer.subscription.created") | {"livemode": True}
    assert (handle(live).status, stripe.asked) == ("ignored", [])


def test_keeps_the_wish_while_stripe_is_away(
    shop: AShop, event: Callable[..., Any], stripe: AtStripe
) -> None:
    stripe.is_away = True
    result = handle(event("customer.subscription.created"))
    assert result.status == "processed"
    assert result.message == "stored; the subscription is fetched as soon as Stripe answers"
    assert tier_of(shop) == "essential"
    stripe.is_away = False
    assert flight.sync_now("sub_TestSub0000001")
    assert tier_of(shop) == "professional"


def test_keeps_an_event_that_fails_to_try_it_again(event: Callable[..., Any]) -> None:
    broken = event("invoice.paid")
    del broken["data"]["object"]["total"]
    result = handle(broken)
    assert result.status == "failed"
    assert result.message is not None
    assert "not an invoice" in result.message
    assert (stored(), invoices()) == ([(broken["id"], "failed", 1)], [])


def test_refuses_a_session_with_an_open_transaction(event: Callable[..., Any]) -> None:
    with Session(database().engine) as db:
        db.begin()
        db.connection()
        with pytest.raises(RuntimeError, match="commit it first"):
            StripeWebhookHandler().handle_event(db, event("customer.subscription.created"))
