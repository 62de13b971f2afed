"""One life's events in many orders over HTTP, each ending in Stripe's state (S15)."""

import random
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from app.kit.db import unit_of_work
from app.modules.billing.gateways.stripe_events import events_since
from app.modules.billing.models import (
    AddOnChange,
    BillingHistory,
    MerchantSubscription,
    StoreAddOn,
    StripeSync,
    StripeWebhookEvent,
    SubscriptionChange,
)
from app.modules.billing.services.start_trial import start_trial
from tests.integration.billing.money.world import NOW
from tests.integration.billing.webhooks.life import Life, a_life, prices_of
from tests.integration.billing.webhooks.stage import Stage, drain
from tests.integration.billing.webhooks.truth import at_stripe, here

KINDS = (
    "customer.subscription.created",
    "customer.subscription.updated",
    "invoice.payment_failed",
    "invoice.paid",
    "subscription_schedule.updated",
    "customer.subscription.deleted",
)


def a_whole_life(stage: Stage) -> tuple[Life, list[dict[str, Any]]]:
    """Eight events: begun, upgraded, failed, recovered, lowered, ended, begun anew, an add-on."""
    life = a_life(stage, "orders")
    essential, _, professional, *_ = prices_of(stage.platform_id)
    first = life.begin(essential)
    life.change(professional)
    life.fail()
    life.recover()
    life.lower()
    life.end()
    life.advance(1)
    second = life.begin(essential)
    addon = life.buy_addon()
    told = [one for one in events_since(NOW) if one["type"] in KINDS]
    failed = _first(told, "invoice.payment_failed")
    paid = next(
        one
        for one in told
        if one["type"] == "invoice.paid"
        and one["data"]["object"]["id"] == failed["data"]["object"]["id"]
    )
    return life, [
        _first(told, "customer.subscription.created", first),
        _first(told, "customer.subscription.updated", first),
        failed,
        paid,
        _first(told, "subscription_schedule.updated"),
        _first(told, "customer.subscription.deleted", first),
        _first(told, "customer.subscription.created", second),
        _first(told, "customer.subscription.created", addon),
    ]


def _first(events: list[dict[str, Any]], kind: str, object_id: str | None = None) -> dict[str, Any]:
    return next(
        one
        for one in events
        if one["type"] == kind and object_id in {None, one["data"]["object"]["id"]}
    )


def born_again(life: Life) -> None:
    """Forget all that Stripe told of the shop."""
    with unit_of_work() as work:
        for table in (AddOnChange, BillingHistory, StoreAddOn, StripeSync, StripeWebhookEvent):
            work.session.execute(delete(table))
        work.session.execute(delete(SubscriptionChange))
        work.session.execute(delete(MerchantSubscription))
        row = start_trial(work, life.shop.owner, tier_code="essential")
        assert row is not None
        row.stripe_customer_id = life.customer_id


def test_ends_in_stripes_state_in_any_order(stage: Stage, proof_size: Callable[..., int]) -> None:
    size = proof_size("orders of a lifecycle over HTTP", reduced=12, full=300)
    life, events = a_whole_life(stage)
    stage.world.running.sandbox.settle()
    expected = at_stripe(life) | {"invoices": None}
    dice = random.Random("orders")  # noqa: S311 - must repeat, not be secret
    for _ in range(size):
        order = dice.sample(events, len(events))
        born_again(life)
        for event in order:
            assert stage.post(event).json() == {"status": "received"}
            if dice.random() < 0.5:
                drain()
        drain()
        kinds = [event["type"] for event in order]
        known = here(life)
        failed = next(one for one in order if one["type"] == "invoice.payment_failed")
        assert known["invoices"][failed["data"]["object"]["id"]][0] == "paid", kinds
        assert known | {"invoices": None} == expected, kinds
