"""What goes wrong under a page, or is put into it on purpose, harms neither page nor reader."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.measures import overflow_px
from tests.e2e.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

PRODUCTS = re.compile(r"/api/v1/store/products\?")
MARKUP = "<img src=x onerror=alert(1)> & <b>Kuch</b>"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 4
ARABIC = "متجر النبيذ الفاخر"
ADD = """
async (names) => {
  const { post } = await import("/static/core/js/api.js");
  for (const name of names) {
    const sku = crypto.randomUUID();
    await post("/api/v1/store/products", { name, sku, price_cents: 1250 });
  }
}
"""


def failing(route: Route) -> None:
    problem = {"detail": "The database rests.", "error_code": "temporarily_unavailable"}
    route.fulfill(status=503, json=problem, content_type="application/problem+json")


def end_session(visitor: Visitor) -> None:
    """Let the server know nothing of this browser any more."""
    visitor.witness.expect("status of 401")
    visitor.context.clear_cookies()


def test_says_what_failed_under_the_page_and_loads_again_when_asked(visit: Visit) -> None:
    visitor = visit("manager@demo.test")
    visitor.witness.expect("status of 503")
    visitor.page.route(PRODUCTS, failing)
    page = visitor.open("/store/weber/products?lang=en")
    failure = page.get_by_role("alert").locator("visible=true")
    expect(failure).to_contain_text("The database rests.")
    page.unroute(PRODUCTS)
    page.get_by_role("button", name="Try again").click()
    expect(failure).to_have_count(0)
    expect(page.get_by_role("row")).not_to_have_count(0)


def test_shows_the_strangest_names_as_text_and_within_the_screen(visit: Visit) -> None:
    visitor = visit("owner@kieffer.test", size=PHONE)
    page = visitor.open("/merchant/stores?lang=en")
    page.get_by_role("row").get_by_role("link").first.click()
    page.wait_for_url("**/store/*")
    page.evaluate(ADD, [MARKUP, LONG, ARABIC])
    visitor.open(f"{page.url}/products?lang=en")
    for name in (MARKUP, LONG, ARABIC):
        expect(page.get_by_role("cell", name=name, exact=True)).to_be_visible()
    assert page.locator("td img, td b").count() == 0
    assert overflow_px(page) <= 0
    row = page.get_by_role("row").filter(has_text=LONG)
    row.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("heading", name=f"Delete {LONG}?")).to_be_visible()
    assert overflow_px(page) <= 0


def test_keeps_a_form_open_while_its_reader_signs_in_again(visit: Visit) -> None:
    visitor = visit("manager@demo.test")
    page = visitor.open("/store/weber/products?lang=en")
    page.get_by_role("button", name="Add product").click()
    page.get_by_label("Name", exact=True).fill("Mirabelle jam")
    page.get_by_label("SKU", exact=True).fill("JAM-1")
    page.get_by_label(re.compile("^Price in")).fill("4.50")
    end_session(visitor)
    page.get_by_role("button", name="Save").click()
    again = page.get_by_role("dialog", name="Sign in again")
    expect(again).to_contain_text("Sign in again as manager@demo.test")
    again.get_by_label("Password").fill("demo-demo")
    again.get_by_role("button", name="Sign in").click()
    expect(again).to_be_hidden()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("cell", name="Mirabelle jam")).to_be_visible()


def test_keeps_what_was_typed_where_nobody_signs_in_again(visit: Visit) -> None:
    visitor = visit("staff@demo.test")
    page = visitor.open("/account?lang=en")
    name = page.get_by_label("Your name")
    name.fill("Somebody else")
    end_session(visitor)
    page.get_by_role("button", name="Save").click()
    again = page.get_by_role("dialog", name="Sign in again")
    again.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert").locator("visible=true")).to_contain_text("not signed in")
    expect(name).to_have_value("Somebody else")
