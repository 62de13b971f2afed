"""An event that fails is tried again, then dead, and can be replayed (S14)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.kit.clocks import SettableClock, clocks, system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.jobs import JobRun
from app.modules.billing.gateways.errors import MissingAtStripe
from app.modules.billing.models import (
    MerchantSubscription,
    OperatorAlert,
    StripeSync,
    StripeWebhookEvent,
)
from app.modules.billing.services.sync import flight
from app.modules.billing.services.sync.fetched import fetch
from app.modules.billing.services.webhooks import processing
from app.modules.billing.services.webhooks.handlers import customer_changed
from app.modules.billing.services.webhooks.inbox import LEASE, claim_due, inbox_is_empty
from app.modules.billing.services.webhooks.outcome import Event, Handler
from app.modules.billing.services.webhooks.processing import RETRY_AFTER, TRIES
from app.modules.billing.services.webhooks.turn import take_next
from app.modules.billing.tasks.webhooks import empty_webhook_bodies
from app.modules.core.models.audit_entry import AuditEntry
from tests.factories.tenancy import AShop, a_super_admin
from tests.integration.billing.webhooks.life import a_life, prices_of
from tests.integration.billing.webhooks.stage import Stage, drain, stored_events
from tests.integration.billing.webhooks.test_inbox import an_event

EVENTS = "/api/v1/admin/subscriptions/webhook-events"


def later(step: timedelta) -> None:
    """Let real time pass."""
    system = clocks().system
    assert isinstance(system, SettableClock)
    system.advance(step)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make the handler of `customer.updated` fail, or work."""

    def fail(_work: Any, _events: Sequence[Event]) -> Any:
        raise ArithmeticError("broken")

    def switch(*, is_broken: bool) -> None:
        handler = Handler(fail) if is_broken else customer_changed.HANDLER
        monkeypatch.setattr(processing, "handler_of", lambda _type: handler)

    return switch


def states() -> list[tuple[str, int, str | None]]:
    """Status, attempts and error of every event."""
    return [(one.status, one.attempts, one.error_message) for one in stored_events()]


def an_update(stage: Stage, number: int = 1) -> dict[str, Any]:
    """News of a customer of ours."""
    _, customer_id, _ = stage.a_customer()
    stage.settle()
    with unit_of_work() as work:
        work.session.query(StripeWebhookEvent).delete()
    data = {"object": {"id": customer_id, "object": "customer"}}
    return an_event("customer.updated", id=f"evt_{number}", data=data)


def plan_of(work: UnitOfWork, shop: AShop) -> MerchantSubscription:
    """The row of a shop."""
    return work.session.query(MerchantSubscription).filter_by(merchant_id=shop.merchant_id).one()


def emptied() -> int:
    """Run the nightly job; how many bodies it emptied."""
    with unit_of_work() as work:
        answer = empty_webhook_bodies(work, JobRun("", system_now(), None))
    return answer.counts["emptied"]


def test_waits_longer_after_every_failure(stage: Stage, failing: Callable[..., None]) -> None:
    stage.post(an_update(stage))
    failing(is_broken=True)
    for attempt, wait in enumerate(RETRY_AFTER, start=1):
        assert take_next()
        assert states() == [("failed", attempt, "ArithmeticError: broken")]
        later(wait - timedelta(seconds=1))
        assert not take_next()
        later(timedelta(seconds=1))
    assert take_next()
    assert states() == [("dead", TRIES, "ArithmeticError: broken")]
    later(timedelta(days=30))
    assert not take_next()


def test_tries_eight_times_over_three_days() -> None:
    assert TRIES == 8
    assert timedelta(days=2, hours=22) < sum(RETRY_AFTER, timedelta()) < timedelta(days=3, hours=2)


def test_takes_effect_at_a_later_try(stage: Stage, failing: Callable[..., None]) -> None:
    stage.post(an_update(stage))
    failing(is_broken=True)
    take_next()
    failing(is_broken=False)
    later(RETRY_AFTER[0])
    drain()
    assert states() == [("processed", 2, None)]


def test_lets_no_broken_event_hold_up_the_others(
    stage: Stage, failing: Callable[..., None]
) -> None:
    stage.post(an_update(stage))
    stage.post(an_event())
    failing(is_broken=True)
    drain()
    assert [state[0] for state in states()] == ["failed", "failed"]
    failing(is_broken=False)
    later(RETRY_AFTER[0])
    drain()
    assert [state[0] for state in states()] == ["processed", "ignored"]


def test_is_empty_while_a_failed_event_waits(stage: Stage, failing: Callable[..., None]) -> None:
    stage.post(an_update(stage))
    with unit_of_work(read_only=True) as work:
        assert not inbox_is_empty(work)
    failing(is_broken=True)
    take_next()
    with unit_of_work(read_only=True) as work:
        assert inbox_is_empty(work)


def test_takes_over_from_a_process_that_is_gone(stage: Stage) -> None:
    stage.post(an_update(stage))
    with unit_of_work() as work:
        assert len(claim_due(work, limit=5)) == 1
    assert not take_next()
    with unit_of_work(read_only=True) as work:
        assert not inbox_is_empty(work)
    later(LEASE)
    drain()
    assert states() == [("processed", 2, None)]


def test_gives_up_an_event_that_kills_whoever_works_on_it(stage: Stage) -> None:
    stage.post(an_update(stage))
    for _ in range(TRIES):
        with unit_of_work() as work:
            assert len(claim_due(work, limit=5)) == 1
        later(LEASE)
    assert take_next()
    assert states() == [("dead", TRIES + 1, "every try was cut off")]


def test_tells_operators_of_a_dead_event_and_lets_them_replay_it(
    stage: Stage, failing: Callable[..., None]
) -> None:
    stage.post(an_update(stage))
    failing(is_broken=True)
    for wait in (*RETRY_AFTER, timedelta()):
        take_next()
        later(wait)
    with unit_of_work(read_only=True) as work:
        alert = work.session.query(OperatorAlert).one()
    assert (alert.kind, alert.key) == ("webhook_dead", "evt_1")
    admin = stage.world.visitor().sign_in(a_super_admin())
    [listed] = admin.get(f"{EVENTS}?status=dead").json()["items"]
    assert (listed["event_id"], listed["attempts"]) == ("evt_1", TRIES)
    failing(is_broken=False)
    assert admin.post(f"{EVENTS}/{listed['id']}/replay").json()["status"] == "received"
    drain()
    shown = admin.get(f"{EVENTS}/{listed['id']}").json()
    assert (shown["status"], shown["error_message"]) == ("processed", None)
    assert shown["payload"]["id"] == "evt_1"
    with unit_of_work(read_only=True) as work:
        entry = work.session.query(AuditEntry).filter_by(action="webhook.replayed").one()
    assert entry.before == {"status": "dead", "attempts": TRIES}


def test_empties_bodies_after_ninety_days_and_then_cannot_replay(stage: Stage) -> None:
    stage.post(an_update(stage))
    drain()
    later(timedelta(days=90) - timedelta(seconds=1))
    assert emptied() == 0
    later(timedelta(seconds=2))
    assert emptied() == 1
    [event] = stored_events()
    assert (event.status, event.payload) == ("processed", None)
    admin = stage.world.visitor().sign_in(a_super_admin())
    answer = admin.post(f"{EVENTS}/{event.id}/replay")
    assert (answer.status_code, answer.json()["error_code"]) == (409, "webhook_body_gone")


def test_waits_for_stripe_and_catches_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    life = a_life(stage, "away")

    def away(_subscription_id: str) -> Any:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(flight, "fetch", away)
    plan = life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    with unit_of_work(read_only=True) as work:
        lease = work.session.get_one(StripeSync, plan)
    assert (lease.done, lease.attempts, lease.last_error) == (0, 1, "ConnectionError: nobody there")
    monkeypatch.setattr(flight, "fetch", fetch)
    later(timedelta(seconds=5))
    drain()
    with unit_of_work(read_only=True) as work:
        lease = work.session.get_one(StripeSync, plan)
        row = plan_of(work, life.shop)
    assert (lease.done, lease.attempts, lease.last_error) == (lease.wanted, 0, None)
    assert (row.status, row.stripe_subscription_id) == ("active", plan)


def test_never_ends_what_stripe_does_not_have(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = a_life(stage, "missing")
    plan = life.begin(prices_of(stage.platform_id)[0])
    stage.settle()

    def missing(_subscription_id: str) -> Any:
        raise MissingAtStripe

    monkeypatch.setattr(flight, "fetch", missing)
    assert flight.sync_now(plan)
    with unit_of_work(read_only=True) as work:
        row = plan_of(work, life.shop)
        kinds = [one.kind for one in work.session.query(OperatorAlert)]
    assert (row.status, kinds) == ("active", ["missing_at_stripe"])
    assert row.missing_at_stripe_at is not None
