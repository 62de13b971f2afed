"""A month passes, and everything follows by itself; merchants' own systems hear of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.money.buyer import Buyer
from tests.e2e.money.conftest import NewBuyer
from tests.e2e.money.operator import Operator

pytestmark = pytest.mark.browser

ORDER = {
    "customer_name": "Anne Weber",
    "customer_email": "anne@example.test",
    "lines": [{"name": "Riesling", "quantity": 1, "unit_price_cents": 900}],
}
TARGET = "https://hooks.example.test/tierline"


def subscribe(buyer: Buyer) -> None:
    """Sign up and choose Business, whose first month is free."""
    buyer.sign_up()
    buyer.look()
    buyer.page.get_by_role("button", name="Business abonnieren").click()
    buyer.pay_on_stripes_page(submit="Testphase starten")


def place_order(buyer: Buyer) -> None:
    token = buyer.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    answer = buyer.context.request.post(
        "/api/v1/store/orders",
        data=ORDER,
        headers={"X-CSRF-Token": token, "X-Store-Code": buyer.code},
    )
    assert answer.status == 201, answer.text()


def add_endpoint(buyer: Buyer) -> str:
    """Enter an address inside the network first, which is refused; returns the secret."""
    buyer.witness.expect("status of 422")
    page = buyer.open(f"{buyer.store}/webhooks")
    page.get_by_role("button", name="Empfänger hinzufügen").first.click()
    buyer.dialog.get_by_label("URL").fill("https://169.254.169.254/latest/meta-data")
    for event in ("invoice.paid", "subscription.updated"):
        buyer.dialog.locator(".check").filter(has_text=event).get_by_role("checkbox").check()
    save = buyer.dialog.get_by_role("button", name="Speichern")
    save.click()
    expect(buyer.dialog.get_by_text("Geben Sie eine öffentliche Adresse ein")).to_be_visible()
    buyer.dialog.get_by_label("URL").fill(TARGET)
    save.click()
    return secret_shown(buyer)


def secret_shown(buyer: Buyer) -> str:
    secret = buyer.dialog.get_by_label("Geheimnis zum Prüfen der Signatur")
    expect(secret).to_have_value(re.compile("^whsec_"))
    shown = secret.input_value()
    buyer.dialog.get_by_role("button", name="Schließen").last.click()
    return shown


def act(buyer: Buyer, action: str) -> None:
    """Choose an action of the only endpoint."""
    buyer.page.get_by_role("button", name="Aktionen").click()
    buyer.page.get_by_role("menuitem", name=action).click()


def test_bills_mails_meters_and_pages_follow(new_buyer: NewBuyer, operator: Operator) -> None:
    buyer = new_buyer("monat")
    subscribe(buyer)
    secret = add_endpoint(buyer)
    place_order(buyer)
    page = buyer.look()
    buyer.expect_plan("Business", "Testphase")
    expect(page.get_by_text(re.compile(r"^1 / 2\.000"))).to_be_visible()

    operator.move_time(advance_days=31)
    buyer.look()
    buyer.expect_plan("Business", "Aktiv")
    expect(page.get_by_text(re.compile(r"^0 / 2\.000"))).to_be_visible()
    expect(buyer.newest_invoice).to_contain_text("Bezahlt")
    expect(buyer.newest_invoice).to_contain_text(re.compile(r"199,00\s€"))
    kept = operator.open(f"/admin/mails?search={buyer.email}")
    ends_soon = kept.get_by_role("button", name="Ihre Testphase auf Marktplatz endet bald")
    expect(ends_soon).to_have_count(3)  # seven, three and one days ahead

    buyer.open(f"{buyer.store}/webhooks")
    act(buyer, "Protokoll")
    told = buyer.dialog.get_by_role("listitem")
    expect(told.filter(has_text="invoice.paid").first).to_be_visible()
    told.first.get_by_role("button", name="Erneut senden").click()
    expect(page.get_by_text("Das Ereignis wird erneut gesendet.")).to_be_visible()
    page.keyboard.press("Escape")

    act(buyer, "Neues Geheimnis")
    buyer.dialog.get_by_role("button", name="Neues Geheimnis erzeugen").click()
    assert secret_shown(buyer) != secret
