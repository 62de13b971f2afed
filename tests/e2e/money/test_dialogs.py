"""The dialogs of the billing page: accessible, within the screen, and left by the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.measures import keys_shown, overflow_px, violations
from tests.e2e.money.buyer import Buyer
from tests.e2e.money.conftest import NewBuyer
from tests.e2e.visitor import DESK, PHONE, Size

pytestmark = pytest.mark.browser

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
