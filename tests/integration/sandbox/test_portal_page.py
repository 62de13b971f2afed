"""The customer portal and the invoice page."""

from typing import Any

import pytest

from tests.integration.sandbox.world import DAY, NOW, Browser, World

EVERYTHING = {
    "customer_update": {"enabled": True, "allowed_updates": ["name", "email", "address", "tax_id"]},
    "invoice_history": {"enabled": True},
    "payment_method_update": {"enabled": True},
    "subscription_cancel": {
        "enabled": True,
        "cancellation_reason": {"enabled": True, "options": ["too_expensive", "other"]},
    },
}


@pytest.fixture
def subscription(world: World) -> Any:
    world.v1.billing_portal.configurations.create({"features": EVERYTHING})
    return world.subscribed()


def portal(world: World, subscription: Any, **more: Any) -> Any:
    given = {"customer": subscription.customer, "return_url": "https://shop.test/billing"}
    return world.v1.billing_portal.sessions.create(given | more)


def test_it_shows_plan_card_details_and_invoices(
    world: World, browser: Browser, subscription: Any
) -> None:
    text = browser.open(portal(world, subscription).url)
    for expected in ("Plan 2900", "€29.00 per month", "Visa •••• 4242", "owner@shop.test", "Paid"):
        assert expected in text


def test_cancelling_sets_only_cancel_at_and_resuming_clears_it(
    world: World, browser: Browser, subscription: Any
) -> None:
    url = portal(world, subscription).url
    browser.open(f"{url}/cancel?subscription={subscription.id}")
    assert "Your plan stays active until" in browser.text
    browser.send(f"{url}/cancel", subscription=subscription.id, reason="too_expensive")
    leaving = world.v1.subscriptions.retrieve(subscription.id)
    assert leaving.cancel_at == subscription["items"].data[0].current_period_end
    assert leaving.cancel_at_period_end is False
    assert leaving.cancellation_details.feedback == "too_expensive"
    assert "Ends on" in browser.open(url)
    browser.send(f"{url}/resume", subscription=subscription.id)
    assert world.v1.subscriptions.retrieve(subscription.id).cancel_at is None


def test_a_classic_subscription_gets_cancel_at_period_end(world: World, browser: Browser) -> None:
    world.v1.billing_portal.configurations.create({"features": EVERYTHING})
    classic = world.subscribed(billing_mode={"type": "classic"})
    url = portal(world, classic).url
    browser.open(url)
    browser.send(f"{url}/cancel", subscription=classic.id)
    assert world.v1.subscriptions.retrieve(classic.id).cancel_at_period_end is True


def test_a_new_card_pays_from_now_on(world: World, browser: Browser, subscription: Any) -> None:
    url = portal(world, subscription).url
    browser.open(f"{url}/card")
    browser.send(f"{url}/card", card_number="5555555555554444", card_expiry="12/34", card_cvc="123")
    customer = world.v1.customers.retrieve(subscription.customer)
    default = customer.invoice_settings.default_payment_method
    assert world.v1.payment_methods.retrieve(default).card.last4 == "4444"


def test_a_refused_card_changes_nothing(world: World, browser: Browser, subscription: Any) -> None:
    url = portal(world, subscription).url
    before = world.v1.customers.retrieve(subscription.customer).invoice_settings
    browser.open(f"{url}/card")
    browser.send(f"{url}/card", card_number="4000000000000002", card_expiry="12/34", card_cvc="123")
    assert "This card was declined." in browser.text
    assert world.v1.customers.retrieve(subscription.customer).invoice_settings == before


def test_details_and_tax_id_can_be_changed(
    world: World, browser: Browser, subscription: Any
) -> None:
    url = portal(world, subscription).url
    browser.open(f"{url}/details")
    browser.send(
        f"{url}/details", name="Renamed", email="new@shop.test", country="LU", tax_id="LU12345678"
    )
    customer = world.v1.customers.retrieve(subscription.customer, {"expand": ["tax_ids"]})
    assert (customer.name, customer.email) == ("Renamed", "new@shop.test")
    assert customer.address.country == "LU"
    assert [tax_id.value for tax_id in customer.tax_ids.data] == ["LU12345678"]


def test_what_is_not_offered_cannot_be_done(world: World, browser: Browser) -> None:
    features = {"invoice_history": {"enabled": True}}
    world.v1.billing_portal.configurations.create({"features": features})
    subscription = world.subscribed()
    url = portal(world, subscription).url
    assert "Cancel plan" not in browser.open(url)
    assert browser.send(f"{url}/cancel", subscription=subscription.id).status_code == 400
    assert world.v1.subscriptions.retrieve(subscription.id).cancel_at is None


def test_another_customers_subscription_is_out_of_reach(
    world: World, browser: Browser, subscription: Any
) -> None:
    other = world.subscribed()
    url = portal(world, subscription).url
    browser.open(url)
    browser.send(f"{url}/cancel", subscription=other.id)
    assert world.v1.subscriptions.retrieve(other.id).cancel_at is None


def test_a_flow_leads_to_its_step_and_back(
    world: World, browser: Browser, subscription: Any
) -> None:
    redirect = {"type": "redirect", "redirect": {"return_url": "https://shop.test/done"}}
    flow = {"type": "payment_method_update", "after_completion": redirect}
    session = portal(world, subscription, flow_data=flow)
    assert "Add card" in browser.open(session.url)
    back = browser.send(
        f"{session.url}/card", card_number="4242424242424242", card_expiry="12/34", card_cvc="123"
    )
    assert back.headers["location"] == "https://shop.test/done"


def test_a_link_runs_out_after_an_hour(world: World, browser: Browser, subscription: Any) -> None:
    session = portal(world, subscription)
    world.http.post("/v1/sandbox/clock", data={"frozen_time": NOW + 3600})
    world.settle()
    assert "This link has expired" in browser.open(session.url)


def test_an_invoice_that_is_owed_can_be_paid_on_its_page(world: World, browser: Browser) -> None:
    clock = world.clock()
    subscription = world.subscribed(clock=clock)
    bad = world.v1.payment_methods.attach(
        "pm_card_chargeCustomerFail", {"customer": subscription.customer}
    )
    world.v1.subscriptions.update(subscription.id, {"default_payment_method": bad.id})
    world.advance(clock, NOW + 33 * DAY)
    owed = world.v1.invoices.list({"subscription": subscription.id, "status": "open"}).data[0]
    assert "Pay €29.00 with card •••• 0341" in browser.open(owed.hosted_invoice_url)
    browser.send(use="saved")
    assert "This card was declined." in browser.text
    assert browser.pay().status_code == 303
    assert "Paid on" in browser.open(owed.hosted_invoice_url)
    assert world.v1.subscriptions.retrieve(subscription.id).status == "active"


def test_an_invoice_is_a_real_pdf_that_stays_the_same(world: World) -> None:
    subscription = world.subscribed()
    invoice = world.v1.invoices.retrieve(subscription.latest_invoice)
    first, second = (world.http.get(invoice.invoice_pdf) for _ in range(2))
    assert first.headers["content-type"] == "application/pdf"
    assert f'filename="invoice-{invoice.number}.pdf"' in first.headers["content-disposition"]
    assert first.content[:5] == b"%PDF-"
    assert first.content == second.content


def test_the_sandboxes_own_page_moves_the_clock(world: World, browser: Browser) -> None:
    world.subscribed()
    assert "Account clock" in browser.open(world.running.url)
    browser.send("/clock", clock="", step="month")
    assert world.running.sandbox.clocks.now() == NOW + 30 * DAY
    browser.open(f"{world.running.url}/list/subscriptions")
    assert "Active" in browser.text
    event = world.v1.events.list({"limit": 1}).data[0]
    assert event.type in browser.open(f"{world.running.url}/objects/{event.id}")
    world.settle()
    sent = len(world.receiver.bodies)
    browser.send(f"/objects/{event.id}/resend")
    world.settle()
    assert len(world.receiver.bodies) == sent + 1
    assert world.receiver.bodies[-1] == next(
        body for body in world.receiver.bodies if event.id.encode() in body
    )
