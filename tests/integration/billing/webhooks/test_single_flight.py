"""One fetch at a time for each subscription, and never inside a transaction (S2, S12)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.kit.db import require_no_unit_of_work, unit_of_work
from app.modules.billing.models import (
    MerchantSubscription,
    OperatorAlert,
    StripeSync,
    StripeWebhookEvent,
    SubscriptionChange,
)
from app.modules.billing.services.sync import flight
from app.modules.billing.services.sync.fetched import fetch
from app.modules.billing.services.webhooks.inbox import claim_due
from app.modules.billing.services.webhooks.processing import process
from tests.integration.billing.webhooks.life import EXTRA, PLAN, a_life, prices_of
from tests.integration.billing.webhooks.stage import Stage, drain
from tests.integration.billing.webhooks.test_inbox import an_event
from tests.integration.billing.webhooks.truth import at_stripe, here


def forget_plans() -> None:
    """Leave merchants without any row, as if they had never had a plan."""
    with unit_of_work() as work:
        work.session.query(SubscriptionChange).delete()
        work.session.query(MerchantSubscription).delete()


def rows() -> list[MerchantSubscription]:
    """All subscriptions."""
    with unit_of_work(read_only=True) as work:
        return work.session.query(MerchantSubscription).all()


def alerts() -> list[str]:
    """The kinds of alerts."""
    with unit_of_work(read_only=True) as work:
        return [one.kind for one in work.session.query(OperatorAlert)]


def news_of(plan: dict[str, Any], number: int) -> dict[str, Any]:
    """An event about a subscription."""
    data = {"object": plan}
    return an_event("customer.subscription.updated", id=f"evt_{number}", data=data)


def test_three_webhooks_at_once_for_an_unknown_subscription_make_one_row(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = a_life(stage, "three")
    life.begin(prices_of(stage.platform_id)[0])
    stage.world.running.sandbox.settle()
    forget_plans()
    [plan] = life.subscriptions(PLAN)
    asked: list[str] = []
    together = threading.Barrier(3, timeout=20)

    def counted(subscription_id: str) -> Any:
        asked.append(subscription_id)
        return fetch(subscription_id)

    def receive_and_work(number: int) -> None:
        assert stage.post(news_of(plan, number)).status_code == 200
        together.wait()
        drain()
        assert flight.sync_now(plan["id"])

    monkeypatch.setattr(flight, "fetch", counted)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(receive_and_work, range(3)))
    [row] = rows()
    assert (row.stripe_subscription_id, row.status) == (plan["id"], "active")
    with unit_of_work(read_only=True) as work:
        changes = work.session.query(SubscriptionChange).all()
        lease = work.session.get_one(StripeSync, plan["id"])
    assert [(one.before, one.after["status"]) for one in changes] == [(None, "active")]
    assert (lease.done, lease.claimed_until) == (lease.wanted, None)
    assert len(asked) < lease.wanted


def test_events_that_wait_together_cost_one_fetch(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = a_life(stage, "together")
    life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    [plan] = life.subscriptions(PLAN)
    asked: list[str] = []

    def counted(subscription_id: str) -> Any:
        asked.append(subscription_id)
        return fetch(subscription_id)

    monkeypatch.setattr(flight, "fetch", counted)
    for number in range(25):
        stage.post(news_of(plan, number))
    drain()
    assert asked == [plan["id"]]


def test_a_late_end_of_an_old_subscription_does_not_end_the_new_one(stage: Stage) -> None:
    life = a_life(stage, "late")
    life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    [old] = life.subscriptions(PLAN)
    life.end()
    life.advance(1)
    new = life.begin(prices_of(stage.platform_id)[2])
    stage.settle()
    ended = {**old, "status": "canceled"}
    stage.post(an_event("customer.subscription.deleted", data={"object": ended}))
    drain()
    [row] = rows()
    assert (row.stripe_subscription_id, row.status) == (new, "active")
    assert alerts() == []


def test_a_second_subscription_that_runs_is_told_and_touches_nothing(stage: Stage) -> None:
    life = a_life(stage, "twice")
    first = life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    life.begin(prices_of(stage.platform_id)[2])
    stage.settle()
    [row] = rows()
    assert (row.stripe_subscription_id, row.status) == (first, "active")
    assert alerts() == ["duplicate_subscription"]


def test_looks_at_its_own_subscription_before_it_calls_another_a_duplicate(stage: Stage) -> None:
    life = a_life(stage, "unheard")
    life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    with stage.world.running.sandbox.work() as work:
        for endpoint in work.endpoints():
            endpoint["status"] = "disabled"
            work.save(endpoint)
    life.end()
    life.advance(1)
    life.begin(prices_of(stage.platform_id)[2])
    new = life.subscriptions(PLAN)[0]
    stage.post(an_event("customer.subscription.created", data={"object": new}))
    drain()
    assert here(life)["plan"] == at_stripe(life)["plan"]
    assert alerts() == []


def test_an_addon_never_touches_the_plan(stage: Stage) -> None:
    life = a_life(stage, "addon")
    life.begin(prices_of(stage.platform_id)[0])
    life.buy_addon()
    stage.settle()
    before = here(life)["plan"]
    [addon] = life.subscriptions(EXTRA)
    life.use_card(addon["id"], "pm_card_chargeCustomerFail")
    life.advance(367)
    stage.settle()
    assert here(life) == at_stripe(life)
    assert here(life)["addons"] == {addon["id"]: "past_due"}
    [row] = rows()
    assert (row.status, row.past_due_since, before["status"]) == ("active", None, "active")


def test_asks_stripe_with_no_transaction_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = a_life(stage, "open")
    life.begin(prices_of(stage.platform_id)[0])
    stage.world.running.sandbox.settle()
    asked: list[str] = []

    def watched(subscription_id: str) -> Any:
        require_no_unit_of_work()
        with ThreadPoolExecutor(1) as pool:  # another writer need not wait meanwhile
            pool.submit(_write_something).result(timeout=5)
        asked.append(subscription_id)
        return fetch(subscription_id)

    monkeypatch.setattr(flight, "fetch", watched)
    drain()
    assert len(asked) >= 1
    [row] = rows()
    assert row.status == "active"


def _write_something() -> None:
    with unit_of_work() as work:
        lease = work.session.query(StripeSync).with_for_update().first()
        assert lease is not None
        lease.last_error = "seen"


def test_whoever_lost_an_event_writes_nothing(stage: Stage) -> None:
    life = a_life(stage, "lost")
    stage.settle()
    data = {"object": {"id": life.customer_id}}
    stage.post(an_event("customer.deleted", data=data))
    with unit_of_work() as work:
        [claim] = claim_due(work, limit=5)
    with unit_of_work() as work:
        work.session.get_one(StripeWebhookEvent, claim.id).attempts += 1
    process(claim)
    assert alerts() == []
