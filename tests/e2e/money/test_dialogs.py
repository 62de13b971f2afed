"""The billing page by keyboard alone: its dialogs, and the whole way of a plan."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.measures import keys_shown, overflow_px, violations
from tests.e2e.money.buyer import Buyer
from tests.e2e.money.conftest import NewBuyer
from tests.e2e.visitor import DESK, PHONE, Size

pytestmark = pytest.mark.browser

MOST_STEPS = 80
OPENERS: dict[str, str | re.Pattern[str]] = {
    "Tarif wechseln": "In der Testphase ausprobieren",
    "Abonnement kündigen": "Abonnement kündigen",
    "Domain kaufen": re.compile("^Kaufen Eigene Domain"),
}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_dialog_is_accessible_and_gives_the_focus_back(
    new_buyer: NewBuyer, size: Size
) -> None:
    buyer = new_buyer(f"dialog{size['width']}")
    buyer.sign_up()
    buyer.page.set_viewport_size(size)
    buyer.look()
    faults = {title: faults_of(buyer, title) for title in OPENERS}
    assert {title: found for title, found in faults.items() if found} == {}


def faults_of(buyer: Buyer, title: str) -> list[str]:
    """Open a dialog by the keyboard, examine it, and leave it again."""
    page = buyer.page
    opener = page.get_by_role("button", name=OPENERS[title]).first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=title)).to_be_visible()
    buyer.settle()
    faults = [*keys_shown(page), *violations(page)]
    if (too_wide := overflow_px(page)) > 0:
        faults.append(f"{too_wide} px wider than the screen")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name=title)).to_be_hidden()
    if not opener.evaluate("(element) => element === document.activeElement"):
        faults.append("loses the focus")
    return faults


def reach(page: Page, target: Locator) -> None:
    """Walk by Tab until the target has the focus."""
    expect(target).to_be_visible()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"{target} is out of reach of the keyboard")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Reach the button and press it."""
    reach(page, page.get_by_role("button", name=name, exact=isinstance(name, str)).first)
    page.keyboard.press("Enter")


def test_keys_alone_suffice_to_subscribe_change_and_cancel(new_buyer: NewBuyer) -> None:
    buyer = new_buyer("tastatur")
    buyer.sign_up()
    page = buyer.look()
    press(page, "Professional abonnieren")
    buyer.pay_on_stripes_page(submit="Testphase starten")
    buyer.expect_plan("Professional", "Testphase")
    press(page, "Zu Business wechseln")
    press(page, re.compile("^(Jetzt|Für .*) wechseln$"))
    expect(page.get_by_text("Der neue Tarif gilt ab sofort.")).to_be_visible()
    buyer.expect_plan("Business", "Testphase")
    press(page, "Abonnement kündigen")
    press(page, "Kündigen")
    expect(buyer.plan.get_by_text(re.compile("^Gekündigt zum "))).to_be_visible()
