"""The hosted checkout page."""

import re
from typing import Any

import pytest
import stripe

from tests.integration.sandbox.world import DAY, NOW, Browser, World


def a_session(world: World, **more: Any) -> Any:
    given = {
        "mode": "subscription",
        "line_items": [{"price": world.price(2900), "quantity": 1}],
        "success_url": "https://shop.test/back?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.test/prices",
    }
    return world.v1.checkout.sessions.create(given | more)


def test_a_card_pays_and_the_customer_is_made(world: World, browser: Browser) -> None:
    session = a_session(world, client_reference_id="shop-7", metadata={"a": "1"})
    assert "€29.00" in browser.open(session.url)
    back = browser.pay(email="new@shop.test", name="New Shop")
    assert back.headers["location"] == f"https://shop.test/back?s={session.id}"
    done = world.v1.checkout.sessions.retrieve(session.id)
    assert (done.status, done.payment_status, done.amount_total) == ("complete", "paid", 2900)
    assert done.client_reference_id == "shop-7"
    customer = world.v1.customers.retrieve(done.customer)
    assert (customer.email, customer.name) == ("new@shop.test", "New Shop")
    subscription = world.v1.subscriptions.retrieve(done.subscription)
    assert subscription.default_payment_method is not None
    assert subscription.metadata.to_dict() == {}


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("4000000000000002", "This card was declined."),
        ("4000000000009995", "There is not enough money on this card."),
        ("4000000000000069", "This card has expired."),
        ("1234", "Only test cards work here"),
    ],
)
def test_a_refused_card_is_explained_and_nothing_is_kept(
    world: World, browser: Browser, number: str, says: str
) -> None:
    session = a_session(world)
    browser.open(session.url)
    assert browser.pay(number, email="new@shop.test").status_code == 400
    assert says in browser.text
    assert world.v1.customers.list().data == []
    assert world.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert browser.pay(email="new@shop.test").status_code == 303


def test_every_wrong_field_is_named(world: World, browser: Browser) -> None:
    browser.open(a_session(world).url)
    browser.send(card_number="4242", card_expiry="13/30", card_cvc="x", email="nobody")
    page = browser.page
    assert page is not None
    assert set(re.findall(r'id="(\w+)-error"', page.text)) == {
        "card_number",
        "card_expiry",
        "card_cvc",
        "email",
    }
    assert 'value="13/30"' in page.text


def test_an_old_expiry_is_refused_by_business_time(world: World, browser: Browser) -> None:
    browser.open(a_session(world).url)
    browser.pay(email="new@shop.test", card_expiry="08/26")
    assert "This card has expired." in browser.text


def test_a_bank_may_want_to_see_the_customer(world: World, browser: Browser) -> None:
    session = a_session(world)
    browser.open(session.url)
    card = {"email": "new@shop.test"}
    browser.pay("4000002500003155", **card)
    assert "Is this payment yours?" in browser.text
    assert browser.pay("4000002500003155", **card, authenticated="no").status_code == 400
    assert "The payment was not confirmed." in browser.text
    assert browser.pay("4000002500003155", **card, authenticated="yes").status_code == 303
    subscription = world.v1.checkout.sessions.retrieve(session.id).subscription
    assert world.v1.subscriptions.retrieve(subscription).status == "active"


def test_a_card_confirmed_once_renews_by_itself(world: World, browser: Browser) -> None:
    clock = world.clock()
    customer = world.customer(card=None, test_clock=clock)
    session = a_session(world, customer=customer)
    browser.open(session.url)
    browser.pay("4000002500003155", authenticated="yes")
    subscription = world.v1.checkout.sessions.retrieve(session.id).subscription
    world.advance(clock, NOW + 40 * DAY)
    paid = world.v1.invoices.list({"subscription": subscription, "status": "paid"}).data
    assert [invoice.amount_paid for invoice in paid] == [2900, 2900]


def test_a_promotion_code_lowers_the_total(world: World, browser: Browser) -> None:
    coupon = world.v1.coupons.create({"percent_off": 25, "duration": "once"})
    promotion = {"promotion": {"type": "coupon", "coupon": coupon.id}, "code": "QUARTER"}
    world.v1.promotion_codes.create(promotion)
    session = a_session(world, allow_promotion_codes=True)
    browser.open(session.url)
    browser.send(action="code", code="nonsense")
    assert "This code cannot be used." in browser.text
    browser.send(action="code", code="quarter")
    assert "€21.75" in browser.text
    assert world.v1.checkout.sessions.retrieve(session.id).amount_total == 2175
    browser.send(action="no_code")
    assert "€21.75" not in browser.text
    browser.send(action="code", code="QUARTER")
    browser.pay(email="new@shop.test")
    done = world.v1.checkout.sessions.retrieve(session.id)
    assert (done.amount_total, done.total_details.amount_discount) == (2175, 725)
    assert world.v1.coupons.retrieve(coupon.id).times_redeemed == 1


def test_tax_follows_the_address_and_the_vat_number(world: World, browser: Browser) -> None:
    customer = world.customer(card=None)
    more = {
        "customer": customer,
        "customer_update": {"address": "auto", "name": "auto"},
        "automatic_tax": {"enabled": True},
        "tax_id_collection": {"enabled": True},
    }
    session = a_session(world, **more)
    assert "depends on your address" in browser.open(session.url)
    browser.send(action="total", country="DE")
    assert "€34.51" in browser.text
    browser.pay(country="DE", tax_id="nonsense!")
    assert "This is not a European VAT number." in browser.text
    browser.pay(country="DE", city="Köln", tax_id="DE123456789")
    done = world.v1.checkout.sessions.retrieve(session.id, {"expand": ["invoice"]})
    assert (done.amount_total, done.invoice.total_taxes[0].taxability_reason) == (
        2900,
        "reverse_charge",
    )
    assert done.customer_details.tax_ids[0].value == "DE123456789"
    assert done.customer_details.address.city == "Köln"


def test_nobody_pays_more_than_the_page_said(world: World, browser: Browser) -> None:
    session = a_session(world, automatic_tax={"enabled": True})
    browser.open(session.url)
    buyer = {"email": "new@shop.test", "country": "LU"}
    browser.pay(**buyer, shown_total="2900")
    assert "The total now includes VAT: €33.93 is due today." in browser.text
    assert world.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert browser.pay(**buyer, shown_total="3393").status_code == 303
    assert world.v1.checkout.sessions.retrieve(session.id).amount_total == 3393


def test_a_country_is_needed_for_tax(world: World, browser: Browser) -> None:
    session = a_session(world, automatic_tax={"enabled": True})
    browser.open(session.url)
    browser.pay(email="new@shop.test")
    assert "Choose your country: the tax depends on it." in browser.text


def test_a_trial_without_a_card_when_none_is_needed(world: World, browser: Browser) -> None:
    trial = {"trial_period_days": 14}
    session = a_session(world, payment_method_collection="if_required", subscription_data=trial)
    text = browser.open(session.url)
    assert "Card number" not in text
    assert browser.send(email="new@shop.test").status_code == 303
    done = world.v1.checkout.sessions.retrieve(session.id)
    assert world.v1.subscriptions.retrieve(done.subscription).status == "trialing"


def test_a_paid_session_leads_back_and_is_not_paid_twice(world: World, browser: Browser) -> None:
    session = a_session(world, customer=world.customer(card=None))
    browser.open(session.url)
    browser.pay()
    for action in ("pay", "code", "no_code", "total"):
        again = browser.pay(action=action, shown_total="1")
        assert again.status_code == 303
    assert len(world.v1.subscriptions.list().data) == 1
    browser.open(session.url)
    assert browser.page is not None
    assert browser.page.headers["location"].startswith("https://shop.test/back")


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "Kartennummer"),
        ("en", "Card number"),
        ("fr", "Numéro de carte"),
        ("lb", "Kaartennummer"),
    ],
)
def test_it_speaks_four_languages(world: World, browser: Browser, language: str, word: str) -> None:
    session = a_session(world)
    assert word in browser.open(f"{session.url}?lang={language}")


def test_it_follows_the_locale_of_the_session(world: World, browser: Browser) -> None:
    session = a_session(world, locale="de")
    assert "Kartennummer" in browser.open(session.url)
    assert "Numéro de carte" in browser.open(f"{session.url}?lang=fr")


def test_its_policy_allows_no_script_and_the_way_back(world: World, browser: Browser) -> None:
    session = a_session(world)
    browser.open(session.url)
    page = browser.page
    assert page is not None
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' https://shop.test" in policy
    assert "<script" not in page.text
    assert "set-cookie" not in page.headers


def test_forms_of_other_sites_are_refused(world: World) -> None:
    session = a_session(world)
    answer = world.http.post(session.url, data={}, headers={"Origin": "https://evil.test"})
    assert answer.status_code == 403
    renamed = world.http.get(session.url, headers={"Host": "evil.test"})
    assert renamed.status_code == 403


def test_a_page_that_does_not_exist_says_so(world: World, browser: Browser) -> None:
    assert "This page does not exist" in browser.open(f"{world.running.url}/c/pay/cs_test_x")
    assert "This page does not exist" in browser.open(f"{world.running.url}/i/nothing")
    assert "This link has expired" in browser.open(f"{world.running.url}/p/session/nothing")


def test_names_are_text_and_no_markup(world: World, browser: Browser) -> None:
    product = world.v1.products.create({"name": "<b>Bold</b>"})
    recurring = {"interval": "month"}
    price = world.v1.prices.create(
        {"product": product.id, "currency": "eur", "unit_amount": 1, "recurring": recurring}
    )
    session = a_session(world, line_items=[{"price": price.id, "quantity": 1}])
    browser.open(session.url)
    assert browser.page is not None
    assert "&lt;b&gt;Bold&lt;/b&gt;" in browser.page.text


def test_a_session_runs_out_after_a_day(world: World) -> None:
    session = a_session(world)
    world.http.post("/v1/sandbox/clock", data={"frozen_time": session.expires_at})
    world.settle()
    assert world.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert "checkout.session.expired" in world.receiver.types()


def test_a_trial_end_of_less_than_two_days_is_refused(world: World) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="at least 2 days"):
        a_session(world, subscription_data={"trial_end": NOW + DAY})
