"""From nothing to a paying merchant and back, in front of Stripe's sandbox."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.money.buyer import FAILS_LATER, VISA, Buyer
from tests.e2e.money.conftest import NewBuyer
from tests.e2e.money.operator import Operator

pytestmark = pytest.mark.browser


def subscribe(buyer: Buyer) -> None:
    """Sign up, try Essential, and choose Professional."""
    buyer.sign_up()
    buyer.look()
    buyer.expect_plan("Essential", "Testphase")
    buyer.plans_seen()
    buyer.page.get_by_role("button", name="Professional abonnieren").click()
    buyer.pay_on_stripes_page(submit="Testphase starten")


def test_a_plan_is_bought_once_and_the_old_one_is_never_shown_again(new_buyer: NewBuyer) -> None:
    buyer = new_buyer("kaufladen")
    subscribe(buyer)
    page = buyer.page
    expect(page.get_by_text("Vielen Dank, Ihr Abonnement ist eingerichtet")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Die erste Abbuchung von 99,00\s€"))).to_be_visible()
    buyer.expect_plan("Professional", "Testphase")
    assert buyer.plans_seen() == ["Professional"]
    buyer.open(f"{buyer.billing}?lang=lb")
    expect(buyer.plan.get_by_role("button", name="Abonnement kënnegen")).to_be_visible()
    buyer.look()

    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Testphase starten")).to_have_count(0)
    buyer.look()
    expect(page.get_by_role("button", name=re.compile("abonnieren$"))).to_have_count(0)


def test_what_is_bought_changes_ends_and_is_kept(new_buyer: NewBuyer, operator: Operator) -> None:
    buyer = new_buyer("lebenslauf")
    subscribe(buyer)
    operator.move_time(until="trial_end", store_code=buyer.code)
    operator.move_time(advance_days=1)
    page = buyer.look()
    buyer.expect_plan("Professional", "Aktiv")
    expect(buyer.newest_invoice).to_contain_text("Bezahlt")
    expect(buyer.newest_invoice).to_contain_text(re.compile(r"99,00\s€"))

    page.get_by_role("button", name="Zu Business wechseln").click()
    agree = buyer.dialog.get_by_role("button", name=re.compile("^Für .* wechseln$"))
    price = agree.inner_text().removeprefix("Für ").removesuffix(" wechseln")
    agree.click()
    expect(page.get_by_text("Der neue Tarif gilt ab sofort.")).to_be_visible()
    buyer.expect_plan("Business", "Aktiv")
    expect(buyer.newest_invoice).to_contain_text(price)

    page.get_by_role("button", name="Zu Essential wechseln").click()
    buyer.dialog.get_by_role("button", name="Wechsel vormerken").click()
    expect(buyer.plan.get_by_text(re.compile("^Ab .*: Essential, monatlich$"))).to_be_visible()
    buyer.plan.get_by_role("button", name="Wechsel zurücknehmen").click()
    expect(page.get_by_text("Der Wechsel ist zurückgenommen.")).to_be_visible()
    buyer.expect_plan("Business", "Aktiv")

    page.get_by_role("button", name="Zu Essential wechseln").click()
    buyer.dialog.get_by_role("button", name="Wechsel vormerken").click()
    expect(buyer.plan.get_by_text(re.compile("^Ab .*: Essential, monatlich$"))).to_be_visible()
    operator.move_time(until="next_renewal", store_code=buyer.code)
    operator.move_time(advance_days=1)
    buyer.look()
    buyer.expect_plan("Essential", "Aktiv")
    expect(buyer.newest_invoice).to_contain_text(re.compile(r"49,00\s€"))
    expect(page.get_by_text("0 / 200").first).to_be_visible()


def cancel(buyer: Buyer) -> None:
    """End the plan with its period."""
    buyer.plan.get_by_role("button", name="Abonnement kündigen").click()
    buyer.dialog.get_by_role("button", name="Kündigen", exact=True).click()
    expect(buyer.plan.get_by_text(re.compile("^Gekündigt zum "))).to_be_visible()


def test_a_cancelled_plan_can_be_kept_and_ends_otherwise(
    new_buyer: NewBuyer, operator: Operator
) -> None:
    buyer = new_buyer("abschied")
    subscribe(buyer)
    operator.move_time(until="trial_end", store_code=buyer.code)
    operator.move_time(advance_days=1)
    page = buyer.look()
    cancel(buyer)
    buyer.plan.get_by_role("button", name="Kündigung zurücknehmen").click()
    buyer.dialog.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_text("Die Kündigung ist zurückgenommen.")).to_be_visible()
    cancel(buyer)
    buyer.open(buyer.store)
    expect(page.get_by_text(re.compile("^Ihr Abonnement endet am "))).to_be_visible()

    operator.move_time(advance_days=32)
    buyer.look()
    buyer.expect_plan("Professional", "Gekündigt")
    expect(page.get_by_role("button", name="Essential abonnieren")).to_be_visible()
    buyer.open(f"{buyer.store}/products")
    expect(page.get_by_text("Es läuft kein Abonnement")).to_be_visible()
    export = buyer.context.request.get(f"/api/v1/store/products/export.csv?store={buyer.code}")
    assert export.ok, export.text()


def test_a_failed_payment_is_told_and_paid(new_buyer: NewBuyer, operator: Operator) -> None:
    buyer = new_buyer("zahlsorge")
    subscribe(buyer)
    operator.move_time(until="trial_end", store_code=buyer.code)
    operator.move_time(advance_days=1)
    page = buyer.look()
    buyer.expect_plan("Professional", "Aktiv")
    page.get_by_role("button", name="Zahlungsart und Rechnungsdaten").click()
    page.wait_for_url(re.compile(r"^(?!.*/store/).*$"))
    page.get_by_role("link", name="Karte").click()
    buyer.fill_card(FAILS_LATER)
    page.get_by_role("button", name="Speichern").click()
    operator.move_time(until="next_renewal", store_code=buyer.code)
    operator.move_time(advance_days=1)
    buyer.open(buyer.store)
    expect(page.get_by_text(re.compile("^Eine Zahlung ist fehlgeschlagen; bis "))).to_be_visible()
    buyer.look()
    buyer.expect_plan("Professional", "Überfällig")
    mail = operator.mail_to(buyer.email, "Ihre Zahlung an Marktplatz ist fehlgeschlagen")
    assert "Jetzt bezahlen: " in mail

    buyer.plan.get_by_role("link", name="Jetzt bezahlen").click()
    buyer.fill_card(VISA)
    page.get_by_role("button", name=re.compile(r"^99,00\s€ bezahlen$")).click()
    page.wait_for_load_state("networkidle")
    buyer.look()
    buyer.expect_plan("Professional", "Aktiv")


def test_an_add_on_is_bought_beside_the_plan_and_exchanged(new_buyer: NewBuyer) -> None:
    buyer = new_buyer("zugabe")
    subscribe(buyer)
    page = buyer.page
    page.get_by_role("button", name="Kaufen 5 E-Mail-Adressen").click()
    buyer.pay_on_stripes_page(submit="bezahlen")
    expect(page.get_by_text("Vielen Dank, das Add-on ist gekauft")).to_be_visible()
    mine = page.get_by_role("region", name="Ihre Add-ons").get_by_role("listitem")
    expect(mine).to_contain_text("5 E-Mail-Adressen")
    expect(mine).to_contain_text("verlängert sich am")

    page.get_by_role("button", name="Dazu wechseln 10 E-Mail-Adressen").click()
    buyer.dialog.get_by_role("button", name=re.compile("^Für .* wechseln$")).click()
    expect(mine).to_contain_text("10 E-Mail-Adressen")
    buyer.expect_plan("Professional", "Testphase")


def test_a_domain_is_looked_up_bought_and_reserved(new_buyer: NewBuyer) -> None:
    buyer = new_buyer("adresse")
    subscribe(buyer)
    page = buyer.page
    choose = page.get_by_role("button", name=re.compile("^Kaufen Eigene Domain"))
    choose.click()
    name = buyer.dialog.get_by_label("Name der Domain")
    name.fill("https://adresse")
    buyer.dialog.get_by_role("button", name="Verfügbarkeit prüfen").click()
    expect(buyer.dialog.get_by_text("Geben Sie nur den Namen ein, ohne https://")).to_be_visible()
    name.fill("MüllersAdresse.de")
    buyer.dialog.get_by_role("button", name="Verfügbarkeit prüfen").click()
    buyer.dialog.get_by_role("button", name="kaufen").click()
    buyer.pay_on_stripes_page(submit="bezahlen")
    mine = page.get_by_role("region", name="Ihre Add-ons").get_by_role("listitem")
    expect(mine).to_contain_text("müllersadresse.de")

    choose.click()
    name.fill("müllersadresse.de")
    buyer.dialog.get_by_role("button", name="Verfügbarkeit prüfen").click()
    expect(buyer.dialog.get_by_text("Dieser Name ist schon vergeben.")).to_be_visible()
