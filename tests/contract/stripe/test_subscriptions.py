"""What the sandbox promises of subscriptions holds at Stripe, too (S20)."""

from typing import Any

from tests.contract.stripe.account import Account
from tests.integration.sandbox.world import DAY

HOURS_2 = 7_200  # a bill stays a draft for an hour


def period_end(subscription: Any) -> int:
    return int(subscription["items"].data[0].current_period_end)


def change_to(subscription: Any, price: str) -> dict[str, Any]:
    item = subscription["items"].data[0].id
    return {"items": [{"id": item, "price": price}], "proration_behavior": "always_invoice"}


def test_it_lives_from_trial_to_cancellation(account: Account) -> None:
    subscription = account.subscribed(trial_period_days=14)
    assert subscription.status == "trialing"
    assert subscription.trial_end == account.began + 14 * DAY
    account.advance(account.began + 14 * DAY + HOURS_2)
    assert account.read(subscription).status == "active"
    assert [bill.total for bill in account.bills(subscription)] == [2900, 0]
    payment_fails_and_is_made_up_for(account, subscription)
    cancellation_is_planned_taken_back_and_planned_again(account, subscription)


def payment_fails_and_is_made_up_for(account: Account, subscription: Any) -> None:
    account.use_card(subscription.customer, "pm_card_chargeCustomerFail")
    account.advance(period_end(account.read(subscription)) + HOURS_2)
    assert account.read(subscription).status == "past_due"
    owed = account.bills(subscription)[0]
    assert (owed.status, owed.attempt_count, owed.amount_remaining) == ("open", 1, 2900)
    good = account.use_card(subscription.customer, "pm_card_visa")
    paid = account.v1.invoices.pay(owed.id, {"payment_method": good})
    assert (paid.status, paid.amount_paid) == ("paid", 2900)
    assert account.read(subscription).status == "active"


def cancellation_is_planned_taken_back_and_planned_again(
    account: Account, subscription: Any
) -> None:
    v1, end = account.v1.subscriptions, period_end(account.read(subscription))
    planned = v1.update(subscription.id, {"cancel_at_period_end": True})
    assert (planned.cancel_at, planned.status) == (end, "active")
    back = v1.update(subscription.id, {"cancel_at_period_end": False})
    assert (back.cancel_at, back.cancel_at_period_end) == (None, False)
    again = v1.update(subscription.id, {"cancel_at": "min_period_end"})
    assert (again.cancel_at, again.cancel_at_period_end) == (end, False)
    account.advance(end + HOURS_2)
    gone = account.read(subscription)
    assert (gone.status, gone.ended_at) == ("canceled", end)
    assert gone.cancellation_details.reason == "cancellation_requested"


def test_a_preview_is_the_bill_of_an_upgrade(account: Account) -> None:
    subscription = account.subscribed(2900)
    at = account.began + 10 * DAY
    account.advance(at)
    change = {**change_to(subscription, account.price(9900)), "proration_date": at}
    preview = account.v1.invoices.create_preview(
        {"subscription": subscription.id, "subscription_details": change}
    )
    account.v1.subscriptions.update(subscription.id, change)
    bill = account.bills(subscription)[0]
    assert bill.status == "paid"
    assert [line.amount for line in bill.lines.data] == [line.amount for line in preview.lines.data]
    assert bill.total == preview.total > 0


def test_a_schedule_lowers_the_plan_at_the_period_end(account: Account) -> None:
    large, small = account.price(9900), account.price(2900)
    subscription = account.v1.subscriptions.create(
        {"customer": account.customer(), "items": [{"price": large}]}
    )
    schedule = account.v1.subscription_schedules.create({"from_subscription": subscription.id})
    phase = schedule.phases[0]
    present = {"start_date": phase.start_date, "end_date": phase.end_date}
    phases = [present | {"items": [{"price": large}]}, {"items": [{"price": small}]}]
    account.v1.subscription_schedules.update(schedule.id, {"phases": phases})
    assert account.read(subscription)["items"].data[0].price.id == large
    account.advance(phase.end_date + HOURS_2)
    assert account.read(subscription)["items"].data[0].price.id == small
    assert account.bills(subscription)[0].total == 2900
    released = account.v1.subscription_schedules.release(schedule.id)
    assert (released.status, released.released_subscription) == ("released", subscription.id)
