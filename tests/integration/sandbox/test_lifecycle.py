"""One customer from checkout to deletion, by the real SDK, hosted pages and signed webhooks."""

from typing import Any

import httpx
import pytest
import stripe

from tests.integration.sandbox.world import DAY, NOW, Browser, World


def session_for(world: World, customer: str, price: str) -> Any:
    return world.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "customer": customer,
            "line_items": [{"price": price, "quantity": 1}],
            "success_url": "https://shop.test/back?session={CHECKOUT_SESSION_ID}",
            "client_reference_id": "shop-7",
            "metadata": {"tier": "professional"},
            "subscription_data": {
                "trial_period_days": 14,
                "metadata": {"merchant": "7"},
                "billing_mode": {"type": "flexible"},
                "trial_settings": {"end_behavior": {"missing_payment_method": "cancel"}},
            },
        }
    )


def test_a_subscription_lives_from_checkout_to_deletion(world: World, browser: Browser) -> None:
    clock = world.clock()
    customer = world.customer(card=None, test_clock=clock)
    small, large = world.price(2900), world.price(9900)
    subscription = buy_with_trial(world, browser, customer, large)
    trial_becomes_paid(world, clock, subscription)
    world.advance(clock, NOW + 200 * DAY)
    assert paid_totals(world, subscription) == [9900] * 7 + [0]
    payment_fails(world, clock, customer, subscription)
    customer_pays_on_the_invoice_page(world, browser, customer, subscription)
    plan_is_lowered_by_schedule(world, clock, subscription, large, small)
    customer_leaves_through_the_portal(world, browser, clock, customer, subscription)


def paid_totals(world: World, subscription: str) -> list[int]:
    paid = world.v1.invoices.list({"subscription": subscription, "status": "paid"}).data
    return [invoice.total for invoice in paid]


def buy_with_trial(world: World, browser: Browser, customer: str, price: str) -> str:
    session = session_for(world, customer, price)
    assert "14 days free" in browser.open(session.url)
    back = browser.pay()
    assert back.status_code == 303
    assert back.headers["location"] == f"https://shop.test/back?session={session.id}"
    world.settle()
    assert "checkout.session.completed" in world.receiver.types()
    done = world.v1.checkout.sessions.retrieve(session.id)
    assert (done.status, done.payment_status) == ("complete", "no_payment_required")
    subscription = world.v1.subscriptions.retrieve(done.subscription)
    assert (subscription.status, subscription.trial_end) == ("trialing", NOW + 14 * DAY)
    assert subscription.metadata["merchant"] == "7"
    return str(subscription.id)


def trial_becomes_paid(world: World, clock: str, subscription: str) -> None:
    world.advance(clock, NOW + 11 * DAY)
    assert world.receiver.types()[-2] == "customer.subscription.trial_will_end"
    world.advance(clock, NOW + 15 * DAY)
    assert world.v1.subscriptions.retrieve(subscription).status == "active"
    assert paid_totals(world, subscription) == [9900, 0]


def payment_fails(world: World, clock: str, customer: str, subscription: str) -> None:
    v1 = world.v1
    bad = v1.payment_methods.attach("pm_card_chargeCustomerFail", {"customer": customer})
    v1.subscriptions.update(subscription, {"default_payment_method": bad.id})
    period_end = v1.subscriptions.retrieve(subscription)["items"].data[0].current_period_end
    world.advance(clock, period_end + DAY)
    assert v1.subscriptions.retrieve(subscription).status == "past_due"
    owed = v1.invoices.list({"subscription": subscription, "status": "open"}).data
    assert [(bill.attempt_count, bill.amount_due) for bill in owed] == [(1, 9900)]
    assert owed[0].next_payment_attempt == period_end + 3600 + 3 * DAY


def customer_pays_on_the_invoice_page(
    world: World, browser: Browser, customer: str, subscription: str
) -> None:
    owed = world.v1.invoices.list({"subscription": subscription, "status": "open"}).data
    browser.open(owed[0].hosted_invoice_url)
    assert browser.pay().status_code == 303
    world.settle()
    assert world.v1.subscriptions.retrieve(subscription).status == "active"
    good = world.v1.payment_methods.attach("pm_card_visa", {"customer": customer})
    world.v1.subscriptions.update(subscription, {"default_payment_method": good.id})


def plan_is_lowered_by_schedule(
    world: World, clock: str, subscription: str, large: str, small: str
) -> None:
    v1 = world.v1
    item = v1.subscriptions.retrieve(subscription)["items"].data[0]
    schedule = v1.subscription_schedules.create({"from_subscription": subscription})
    now = {"start_date": schedule.phases[0].start_date, "end_date": item.current_period_end}
    phases = [now | {"items": [{"price": large}]}, {"items": [{"price": small}]}]
    v1.subscription_schedules.update(schedule.id, {"phases": phases})
    assert v1.subscriptions.retrieve(subscription)["items"].data[0].price.id == large
    world.advance(clock, item.current_period_end + DAY)
    after = v1.subscriptions.retrieve(subscription)
    assert after["items"].data[0].price.id == small
    assert v1.invoices.retrieve(after.latest_invoice).total == 2900
    v1.subscription_schedules.release(schedule.id)


def customer_leaves_through_the_portal(
    world: World, browser: Browser, clock: str, customer: str, subscription: str
) -> None:
    v1 = world.v1
    features = {"subscription_cancel": {"enabled": True}, "invoice_history": {"enabled": True}}
    v1.billing_portal.configurations.create({"features": features})
    portal = v1.billing_portal.sessions.create({"customer": customer})
    browser.open(portal.url)
    browser.send(f"{portal.url}/cancel", subscription=subscription)
    leaving = v1.subscriptions.retrieve(subscription)
    assert leaving.cancel_at == leaving["items"].data[0].current_period_end
    assert leaving.cancel_at_period_end is False
    world.advance(clock, leaving.cancel_at)
    gone = v1.subscriptions.retrieve(subscription)
    assert (gone.status, gone.ended_at) == ("canceled", leaving.cancel_at)
    assert gone.cancellation_details.reason == "cancellation_requested"
    assert "customer.subscription.deleted" in world.receiver.types()


def test_what_was_sent_is_what_is_listed(world: World) -> None:
    world.subscribed()
    world.settle()
    listed = world.v1.events.list({"limit": 100}).data
    assert [event.id for event in world.receiver.events()] == [event.id for event in listed][::-1]
    assert {event.pending_webhooks for event in listed} == {0}


def test_a_wrong_secret_does_not_verify(world: World) -> None:

    world.price()
    world.settle()
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(
            world.receiver.bodies[0], world.receiver.signatures[0], "whsec_other"
        )


def test_it_sets_no_cookies(world: World) -> None:
    assert httpx.get(world.running.url).cookies == httpx.Cookies()
