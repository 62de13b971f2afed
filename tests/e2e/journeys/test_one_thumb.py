"""An owner on a phone, in German and in the dark: everything is within reach of a thumb."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.measures import overflow_px
from tests.e2e.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

SMALLEST_PX = 44
PAGES = (
    "/merchant",
    "/merchant/subscriptions/1",
    "/merchant/invoices",
    "/merchant/team",
    "/store/weber",
    "/store/weber/billing",
    "/store/weber/products",
    "/store/weber/orders",
    "/store/weber/team",
)
SMALL = """
(smallest) => [...document.querySelectorAll("button, .button, .rail-link, select, input")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => !element.matches("[type=checkbox], [type=radio], .sort"))
  .map((element) => [element.getBoundingClientRect(), element])
  .filter(([{ height, right }]) => height < smallest || right > innerWidth)
  .map(([{ height, right }, element]) =>
    `${Math.round(height)} high, to ${Math.round(right)}: ${element.outerHTML.slice(0, 120)}`)
"""


@pytest.fixture
def owner(visit: Visit) -> Visitor:
    visitor = visit("owner@demo.test", size=PHONE, touch=True)
    visitor.context.add_cookies(
        [{"name": "tierline_theme", "value": "dark", "url": visitor.address}]
    )
    return visitor


@pytest.mark.parametrize("path", PAGES)
def test_gives_every_control_the_size_of_a_thumb(owner: Visitor, path: str) -> None:
    page = owner.open(f"{path}?lang=de")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(SMALL, SMALLEST_PX) == []
    assert overflow_px(page) <= 0


def test_adds_and_deletes_a_product_by_touch(owner: Visitor) -> None:
    page = owner.open("/store/weber/products?lang=de")
    page.get_by_role("button", name="Produkt anlegen").tap()
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill("Quetschentaart")
    form.get_by_label("Artikelnummer").fill("TAART-1")
    form.get_by_label("Preis in EUR").fill("12,50")
    form.get_by_role("button", name="Speichern").tap()
    expect(form).to_be_hidden()
    row = page.get_by_role("row").filter(has_text="Quetschentaart")
    row.get_by_role("button", name="Aktionen").tap()
    page.get_by_role("menuitem", name="Löschen").tap()
    page.get_by_role("button", name="Produkt löschen").tap()
    expect(row).to_have_count(0)
