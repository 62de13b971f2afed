"""All eight statuses of a subscription, reached as Stripe documents them."""

from typing import Any

import pytest
import stripe

from tests.integration.sandbox.world import DAY, NOW, World


def subscribe(world: World, card: str | None, **params: Any) -> tuple[str, Any]:
    clock = world.clock()
    customer = world.customer(card=card, test_clock=clock)
    given = {"customer": customer, "items": [{"price": world.price()}]}
    return clock, world.v1.subscriptions.create(given | params)


def status(world: World, subscription: Any) -> str:
    return str(world.v1.subscriptions.retrieve(subscription.id).status)


def settings(world: World, **data: Any) -> None:
    answer = world.http.post("/v1/sandbox/settings", data=data)
    assert answer.status_code == 200, answer.text


def test_active_when_the_first_payment_succeeds(world: World) -> None:
    _, subscription = subscribe(world, "pm_card_visa")
    assert subscription.status == "active"
    invoice = world.v1.invoices.retrieve(subscription.latest_invoice)
    assert (invoice.status, invoice.amount_paid, invoice.number[-5:]) == ("paid", 2900, "-0001")


def test_trialing_until_the_trial_is_over(world: World) -> None:
    clock, subscription = subscribe(world, "pm_card_visa", trial_period_days=7)
    assert subscription.status == "trialing"
    world.advance(clock, NOW + 7 * DAY - 1)
    assert status(world, subscription) == "trialing"
    world.advance(clock, NOW + 7 * DAY)
    assert status(world, subscription) == "active"


def test_incomplete_until_the_customer_confirms(world: World) -> None:
    _, subscription = subscribe(world, "pm_card_authenticationRequired")
    assert subscription.status == "incomplete"
    world.settle()
    assert "invoice.payment_action_required" in world.receiver.types()


def test_incomplete_expired_after_23_hours(world: World) -> None:
    clock, subscription = subscribe(world, "pm_card_chargeCustomerFail")
    world.advance(clock, NOW + 23 * 3600 - 1)
    assert status(world, subscription) == "incomplete"
    world.advance(clock, NOW + 23 * 3600)
    assert status(world, subscription) == "incomplete_expired"
    assert world.v1.invoices.retrieve(subscription.latest_invoice).status == "void"


def test_past_due_and_then_canceled_after_the_last_retry(world: World) -> None:
    clock, subscription = subscribe(world, "pm_card_visa")
    fail_from_now(world, subscription)
    end = subscription["items"].data[0].current_period_end
    tried = end + 3600
    for day, expected in ((0, "past_due"), (3, "past_due"), (8, "past_due"), (15, "canceled")):
        world.advance(clock, tried + day * DAY)
        assert status(world, subscription) == expected
    final = world.v1.subscriptions.retrieve(subscription.id)
    assert final.cancellation_details.reason == "payment_failed"
    invoice = world.v1.invoices.retrieve(final.latest_invoice)
    assert (invoice.status, invoice.attempt_count, invoice.next_payment_attempt) == (
        "open",
        4,
        None,
    )


def fail_from_now(world: World, subscription: Any) -> None:
    bad = world.v1.payment_methods.attach(
        "pm_card_chargeCustomerFail", {"customer": subscription.customer}
    )
    world.v1.subscriptions.update(subscription.id, {"default_payment_method": bad.id})


def test_unpaid_when_the_account_says_so(world: World) -> None:
    settings(world, **{"dunning_end": "unpaid", "dunning_days[0]": "1"})
    clock, subscription = subscribe(world, "pm_card_visa")
    fail_from_now(world, subscription)
    end = subscription["items"].data[0].current_period_end
    world.advance(clock, end + 3600 + DAY)
    assert status(world, subscription) == "unpaid"
    world.advance(clock, end + 40 * DAY)
    latest = world.v1.subscriptions.retrieve(subscription.id).latest_invoice
    assert world.v1.invoices.retrieve(latest).status == "draft"


def test_paused_without_a_card_at_the_end_of_a_trial_and_active_after_resuming(
    world: World,
) -> None:
    pause = {"end_behavior": {"missing_payment_method": "pause"}}
    clock, subscription = subscribe(world, None, trial_period_days=7, trial_settings=pause)
    world.advance(clock, NOW + 8 * DAY)
    assert status(world, subscription) == "paused"
    card = world.v1.payment_methods.attach("pm_card_visa", {"customer": subscription.customer})
    world.v1.subscriptions.update(subscription.id, {"default_payment_method": card.id})
    world.v1.subscriptions.resume(subscription.id)
    resumed = world.v1.subscriptions.retrieve(subscription.id)
    assert resumed.status == "active"
    assert resumed["items"].data[0].current_period_start == NOW + 8 * DAY
    world.settle()
    types = world.receiver.types()
    assert "customer.subscription.paused" in types
    assert "customer.subscription.resumed" in types


def test_canceled_without_a_card_at_the_end_of_a_trial(world: World) -> None:
    cancel = {"end_behavior": {"missing_payment_method": "cancel"}}
    clock, subscription = subscribe(world, None, trial_period_days=7, trial_settings=cancel)
    world.advance(clock, NOW + 8 * DAY)
    assert status(world, subscription) == "canceled"


def test_an_error_instead_of_an_incomplete_subscription(world: World) -> None:
    with pytest.raises(stripe.CardError) as refused:
        subscribe(world, "pm_card_chargeCustomerFail", payment_behavior="error_if_incomplete")
    assert refused.value.code == "card_declined"
    assert world.v1.subscriptions.list({"status": "all"}).data == []


def test_a_change_waits_for_its_payment(world: World) -> None:
    _, subscription = subscribe(world, "pm_card_visa")
    fail_from_now(world, subscription)
    item, dear = subscription["items"].data[0], world.price(9900)
    change = {
        "items": [{"id": item.id, "price": dear}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "pending_if_incomplete",
    }
    waiting = world.v1.subscriptions.update(subscription.id, change)
    assert waiting["items"].data[0].price.unit_amount == 2900
    assert waiting.status == "active"
    assert waiting.pending_update.subscription_items[0].price.id == dear
    world.v1.invoices.pay(waiting.latest_invoice, {"payment_method": "pm_card_visa"})
    applied = world.v1.subscriptions.retrieve(subscription.id)
    assert (applied["items"].data[0].price.id, applied.pending_update) == (dear, None)
    world.settle()
    assert "customer.subscription.pending_update_applied" in world.receiver.types()


def test_a_change_that_is_not_paid_is_dropped_with_its_invoice(world: World) -> None:
    clock, subscription = subscribe(world, "pm_card_visa")
    fail_from_now(world, subscription)
    item, dear = subscription["items"].data[0], world.price(9900)
    change = {
        "items": [{"id": item.id, "price": dear}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "pending_if_incomplete",
    }
    waiting = world.v1.subscriptions.update(subscription.id, change)
    world.advance(clock, NOW + 23 * 3600)
    dropped = world.v1.subscriptions.retrieve(subscription.id)
    assert (dropped["items"].data[0].price.unit_amount, dropped.pending_update) == (2900, None)
    assert world.v1.invoices.retrieve(waiting.latest_invoice).status == "void"
