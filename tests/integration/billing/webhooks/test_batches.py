"""What waits together is worked on together, and comes out as if it had come one by one."""

from typing import Any

from app.kit.db import unit_of_work
from app.modules.billing.models import MerchantSubscription
from tests.integration.billing.webhooks.life import PLAN, a_life, prices_of
from tests.integration.billing.webhooks.stage import Stage, drain
from tests.integration.billing.webhooks.test_inbox import an_event
from tests.integration.billing.webhooks.truth import at_stripe, here


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
