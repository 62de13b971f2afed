"""Subscription schedules: what happens at the end of a phase, in the middle, and when let go."""

from typing import Any

import pytest
import stripe

from tests.integration.sandbox.world import DAY, NOW, World


def scheduled(world: World, clock: str, **params: Any) -> tuple[Any, Any, dict[str, Any]]:
    """A subscription with a schedule, and its current phase as parameters."""
    subscription = world.subscribed(clock=clock, amount=9900, **params)
    schedule = world.v1.subscription_schedules.create({"from_subscription": subscription.id})
    phase = schedule.phases[0]
    now = {
        "start_date": phase.start_date,
        "end_date": phase.end_date,
        "items": [{"price": phase["items"][0].price, "quantity": phase["items"][0].quantity}],
    }
    return subscription, schedule, now


def test_nothing_but_the_items_changes_at_the_next_phase(world: World) -> None:
    clock = world.clock()
    coupon = world.v1.coupons.create({"percent_off": 10, "duration": "forever"})
    settings = {"metadata": {"merchant": "7"}, "discounts": [{"coupon": coupon.id}]}
    subscription, schedule, now = scheduled(world, clock, **settings)
    kept = {"discounts": [{"discount": subscription.discounts[0]}], "metadata": {"merchant": "7"}}
    small = world.price(2900)
    phases = [{**now, **kept}, {**kept, "items": [{"price": small, "quantity": 1}]}]
    world.v1.subscription_schedules.update(schedule.id, {"phases": phases})
    world.advance(clock, now["end_date"] + DAY)
    after = world.v1.subscriptions.retrieve(subscription.id)
    assert after["items"].data[0].price.id == small
    assert after["items"].data[0].id == subscription["items"].data[0].id
    assert after.discounts == subscription.discounts
    assert after.metadata["merchant"] == "7"
    assert after.billing_cycle_anchor == subscription.billing_cycle_anchor
    assert world.v1.invoices.retrieve(after.latest_invoice).total == 2610


def test_a_schedule_lets_go_after_its_last_phase(world: World) -> None:
    clock = world.clock()
    subscription, schedule, now = scheduled(world, clock)
    world.v1.subscription_schedules.update(schedule.id, {"phases": [now]})
    world.advance(clock, now["end_date"])
    done = world.v1.subscription_schedules.retrieve(schedule.id)
    assert (done.status, done.released_subscription) == ("released", subscription.id)
    assert world.v1.subscriptions.retrieve(subscription.id).schedule is None
    assert "subscription_schedule.released" in world.receiver.types()


def test_a_schedule_may_end_its_subscription(world: World) -> None:
    clock = world.clock()
    subscription, schedule, now = scheduled(world, clock)
    world.v1.subscription_schedules.update(schedule.id, {"phases": [now], "end_behavior": "cancel"})
    with pytest.raises(stripe.InvalidRequestError) as none:
        world.v1.invoices.create_preview({"subscription": subscription.id})
    assert none.value.code == "invoice_upcoming_none"
    world.advance(clock, now["end_date"])
    assert world.v1.subscription_schedules.retrieve(schedule.id).status == "completed"
    assert world.v1.subscriptions.retrieve(subscription.id).status == "canceled"


def test_a_phase_that_begins_in_the_middle_is_prorated(world: World) -> None:
    clock = world.clock()
    subscription, schedule, now = scheduled(world, clock)
    middle = NOW + 10 * DAY
    dear = {"items": [{"price": world.price(19900)}], "proration_behavior": "always_invoice"}
    phases = [{**now, "end_date": middle}, {**dear, "end_date": NOW + 90 * DAY}]
    world.v1.subscription_schedules.update(schedule.id, {"phases": phases})
    world.advance(clock, middle)
    latest = world.v1.subscriptions.retrieve(subscription.id).latest_invoice
    bill = world.v1.invoices.retrieve(latest)
    assert (bill.billing_reason, bill.status) == ("subscription_update", "paid")
    assert [line.amount for line in bill.lines.data] == [-6600, 13267]


def test_a_yearly_plan_becomes_monthly_at_its_end(world: World) -> None:
    clock = world.clock()
    yearly = world.price(99000, interval="year")
    customer = world.customer(test_clock=clock)
    given = {"customer": customer, "items": [{"price": yearly}]}
    subscription = world.v1.subscriptions.create(given)
    schedule = world.v1.subscription_schedules.create({"from_subscription": subscription.id})
    end = schedule.phases[0].end_date
    now = {"start_date": NOW, "end_date": end, "items": [{"price": yearly}]}
    later = {"items": [{"price": world.price(9900)}], "duration": {"interval": "month"}}
    world.v1.subscription_schedules.update(schedule.id, {"phases": [now, later]})
    world.advance(clock, end + 40 * DAY)
    paid = world.v1.invoices.list({"subscription": subscription.id, "status": "paid"}).data
    assert [invoice.total for invoice in paid] == [9900, 9900, 99000]


def test_items_come_and_go_with_phases(world: World) -> None:
    clock = world.clock()
    subscription, schedule, now = scheduled(world, clock)
    first, second = world.price(1000), world.price(2000)
    two = {"items": [{"price": first}, {"price": second, "quantity": 3}]}
    one = {"items": [{"price": second}]}
    world.v1.subscription_schedules.update(schedule.id, {"phases": [now, two, one]})
    world.advance(clock, now["end_date"] + DAY)
    items = world.v1.subscriptions.retrieve(subscription.id)["items"].data
    assert [(item.price.id, item.quantity) for item in items] == [(first, 1), (second, 3)]
    world.advance(clock, now["end_date"] + 40 * DAY)
    items = world.v1.subscriptions.retrieve(subscription.id)["items"].data
    assert [(item.price.id, item.quantity) for item in items] == [(second, 1)]


def test_a_released_schedule_cannot_be_used_again(world: World) -> None:
    subscription, schedule, now = scheduled(world, world.clock())
    world.v1.subscription_schedules.release(schedule.id)
    for act in ("release", "cancel"):
        with pytest.raises(stripe.InvalidRequestError, match="`released` status"):
            getattr(world.v1.subscription_schedules, act)(schedule.id)
    with pytest.raises(stripe.InvalidRequestError, match="`released` status"):
        world.v1.subscription_schedules.update(schedule.id, {"phases": [now]})
    again = world.v1.subscription_schedules.create({"from_subscription": subscription.id})
    assert again.status == "active"


def test_cancelling_a_schedule_ends_its_subscription(world: World) -> None:
    subscription, schedule, _ = scheduled(world, world.clock())
    assert world.v1.subscription_schedules.cancel(schedule.id).status == "canceled"
    assert world.v1.subscriptions.retrieve(subscription.id).status == "canceled"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"start_date": NOW + 1}, "that of the current phase cannot be changed"),
        ({"end_date": NOW - 1}, "A phase must end after it starts"),
        ({"end_date": NOW + DAY, "duration": {"interval": "month"}}, "only set one of"),
    ],
)
def test_phases_that_do_not_follow_each_other(
    world: World, change: dict[str, Any], says: str
) -> None:
    _, schedule, now = scheduled(world, world.clock())
    with pytest.raises(stripe.InvalidRequestError, match=says):
        world.v1.subscription_schedules.update(schedule.id, {"phases": [{**now, **change}]})


def test_one_schedule_at_a_time(world: World) -> None:
    subscription, _, _ = scheduled(world, world.clock())
    with pytest.raises(stripe.InvalidRequestError, match="already attached to a schedule"):
        world.v1.subscription_schedules.create({"from_subscription": subscription.id})
    world.v1.subscriptions.cancel(subscription.id)
    with pytest.raises(stripe.InvalidRequestError, match="that is canceled"):
        world.v1.subscription_schedules.create({"from_subscription": subscription.id})
