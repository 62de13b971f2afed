"""What waits together is worked on together, and comes out as if it had come one by one."""

from typing import Any

import pytest

from app.kit.db import unit_of_work
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.sync import flight
from app.modules.billing.services.webhooks.turn import take_next
from tests.integration.billing.webhooks.life import PLAN, a_life, prices_of
from tests.integration.billing.webhooks.stage import Stage, drain
from tests.integration.billing.webhooks.test_inbox import an_event
from tests.integration.billing.webhooks.truth import at_stripe, here
from tests.integration.queries import counted_statements

OF_EACH_ROW = "UPDATE merchant_subscriptions SET period_start"


def row() -> MerchantSubscription:
    """The only subscription."""
    with unit_of_work(read_only=True) as work:
        return work.session.query(MerchantSubscription).one()


def news_of(plan: dict[str, Any]) -> dict[str, Any]:
    """An event about a subscription."""
    data = {"object": plan}
    return an_event("customer.subscription.updated", id=f"evt_{plan['id']}", data=data)


def test_a_fetch_that_finds_nothing_new_makes_no_new_version_of_the_plan(stage: Stage) -> None:
    life = a_life(stage, "same")
    life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    with unit_of_work() as work:
        work.session.query(MerchantSubscription).one().stripe_synced_at = None
    before = row()
    stage.post(news_of(life.subscriptions(PLAN)[0]))
    drain()
    after = row()
    assert after.version == before.version
    assert after.stripe_synced_at is not None


def test_an_old_and_a_new_subscription_fetched_together_leave_the_new_one(stage: Stage) -> None:
    life = a_life(stage, "both")
    life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    life.end()
    life.advance(1)
    new = life.begin(prices_of(stage.platform_id)[2])
    stage.world.running.sandbox.settle()
    for plan in life.subscriptions(PLAN):
        stage.post(news_of(plan))
    drain()
    assert row().stripe_subscription_id == new
    assert here(life) == at_stripe(life)


def statements_of_a_renewal(stage: Stage, *names: str) -> tuple[int, int]:
    """Let plans begin a new month; what their events and their fetches cost together."""
    lives = [a_life(stage, name) for name in names]
    for life in lives:
        life.begin(prices_of(stage.platform_id)[0])
    stage.settle()
    for life in lives:
        life.advance(32)
    stage.world.running.sandbox.settle()
    with counted_statements() as of_events:
        assert take_next()
    with counted_statements() as of_fetches:
        assert flight.sync_due()
    assert [here(life) for life in lives] == [at_stripe(life) for life in lives]
    once = [one for one in of_fetches if not one.startswith(OF_EACH_ROW)]
    assert len(of_fetches) - len(once) == len(lives)
    return len(of_events), len(once)


def test_three_renewals_take_as_many_statements_as_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "GATHER_S", 60)
    one = statements_of_a_renewal(stage, "one")
    three = statements_of_a_renewal(stage, "two", "three", "four")
    assert three == one
