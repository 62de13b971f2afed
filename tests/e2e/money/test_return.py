"""Back from a checkout whose payment our own rows do not tell of yet (S6)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.money.conftest import NewBuyer

pytestmark = pytest.mark.browser

ASKED = re.compile(r"/api/v1/store/billing/checkout/cs_test_late\?")


def answer(page: Page, state: str, *, is_reflected: bool) -> None:
    """Let the product say this of the checkout from now on."""
    page.unroute(ASKED)
    body = {"state": state, "purpose": "plan", "is_reflected": is_reflected}
    page.route(ASKED, lambda route: route.fulfill(json=body))


def test_it_waits_sells_nothing_meanwhile_and_does_not_forget(new_buyer: NewBuyer) -> None:
    buyer = new_buyer("geduld")
    buyer.sign_up()
    page = buyer.page
    page.clock.install()
    answer(page, "completed", is_reflected=False)
    page.goto(f"{buyer.billing}?checkout=done&session=cs_test_late")
    expect(page.get_by_text("Ihre Zahlung wird bestätigt")).to_be_visible()
    for_sale = page.get_by_role("button", name=re.compile("abonnieren$"))
    expect(for_sale).to_have_count(0)

    page.clock.run_for(31_000)
    expect(page.get_by_text("Die Bestätigung steht noch aus")).to_be_visible()
    expect(for_sale).to_have_count(0)
    assert buyer.plans_seen() == []

    page.goto(buyer.billing)
    expect(page.get_by_text("Ihre Zahlung wird bestätigt")).to_be_visible()
    answer(page, "completed", is_reflected=True)
    page.clock.run_for(2_000)
    expect(page.get_by_text("Vielen Dank, Ihr Abonnement ist eingerichtet")).to_be_visible()
    assert page.url.endswith(buyer.billing)


def test_a_checkout_that_ran_out_can_be_begun_anew(new_buyer: NewBuyer) -> None:
    buyer = new_buyer("verfall")
    buyer.sign_up()
    answer(buyer.page, "expired", is_reflected=False)
    page = buyer.open(f"{buyer.billing}?checkout=done&session=cs_test_late")
    expect(page.get_by_text("Die Bezahlseite ist abgelaufen")).to_be_visible()
    expect(page.get_by_role("button", name="Essential abonnieren")).to_be_visible()


def test_who_went_back_is_told_that_nothing_was_charged(new_buyer: NewBuyer) -> None:
    buyer = new_buyer("zurueck")
    buyer.sign_up()
    page = buyer.open(f"{buyer.billing}?checkout=cancelled")
    expect(page.get_by_text("Es wurde nichts abgebucht.")).to_be_visible()
    expect(page.get_by_role("button", name="Essential abonnieren")).to_be_visible()
