"""A merchant at its limit, and the operator who helps."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser

SHELVES = "/store/muller/products?lang=en"  # 187 of 200 products in the demo
PRODUCTS = "/api/v1/store/products"


def _fill_up(visitor: Visitor, count: int) -> None:
    """Create products as the page itself would."""
    token = visitor.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    for number in range(count):
        answer = visitor.context.request.post(
            PRODUCTS,
            data={"name": f"Cup {number}", "sku": f"FILL-{number}", "price_cents": 900},
            headers={"X-CSRF-Token": token, "X-Store-Code": "muller"},
        )
        assert answer.status == 201, answer.text()


def _create_by_page(page: Page, sku: str) -> None:
    page.get_by_role("button", name="Add product").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Last Cup")
    dialog.get_by_label("SKU").fill(sku)
    dialog.get_by_label("Price").fill("9,00")
    dialog.get_by_role("button", name="Save").click()


def test_a_merchant_at_its_limit_is_told_what_helps_and_goes_on_after_an_exception(
    visit: Visit,
) -> None:
    owner = visit("owner@muller.test")
    page = owner.open(SHELVES)
    expect(page.get_by_text("187 / 200")).to_be_visible()
    _fill_up(owner, 12)
    owner.open(SHELVES)
    _create_by_page(page, "LAST")
    expect(page.get_by_text("200 / 200")).to_be_visible()
    expect(page.get_by_role("button", name="Add product")).to_be_disabled()
    expect(page.get_by_text("Professional allows more.")).to_be_visible()

    admin = visit("admin@demo.test")
    merchants = admin.open("/admin/merchants?search=kontakt@muller.test")
    merchants.get_by_role("table").get_by_role("link").click()
    merchants.get_by_role("link", name="Limits and exceptions").click()
    admin.settle()
    row = merchants.get_by_role("combobox", name="Product Limit")
    row.select_option("on")
    merchants.get_by_role("spinbutton", name="Product Limit").fill("250")
    merchants.get_by_label("Reason").fill("Christmas market")
    merchants.get_by_role("button", name="Save").click()
    expect(merchants.get_by_text("200 / 250 · open")).to_be_visible()
    expect(merchants.get_by_text("Christmas market")).to_be_visible()
    merchants.locator("summary").filter(has_text="Product Limit").click()
    expect(merchants.get_by_text("Exception: 250")).to_be_visible()

    owner.open(SHELVES)
    _create_by_page(page, "ONE-MORE")
    expect(page.get_by_text("201 / 250")).to_be_visible()


def test_staff_sees_what_is_locked_and_which_tier_opens_it(visit: Visit) -> None:
    page = visit("staff@demo.test").open("/store/weber/products")
    expect(page.get_by_role("button", name="Import from CSV")).to_be_disabled()
    locked = "The import is not part of your plan; Professional includes it."
    expect(page.get_by_text(locked)).to_be_visible()


def test_an_operator_sees_who_a_lower_limit_would_hit(visit: Visit) -> None:
    admin = visit("admin@demo.test")
    page = admin.open("/admin/subscription-tiers")
    row = page.get_by_role("row").filter(has_text="essential").filter(has_text="Marktplaz")
    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Features").click()
    panel = page.get_by_role("dialog", name="Features")
    panel.get_by_role("spinbutton", name="Product Limit").fill("100")
    expect(panel.get_by_text("would be over a limit")).to_be_visible()
    expect(panel.get_by_text("Bäckerei Weber")).to_be_visible()
    expect(panel.get_by_label("Those over it keep their previous limit")).to_be_visible()


def test_the_billing_page_tells_what_the_next_tier_adds(visit: Visit) -> None:
    page = visit("owner@demo.test").open("/store/weber/billing")
    card = page.get_by_role("article", name="Professional")
    expect(card.get_by_text("Everything in Essential, and:")).to_be_visible()
    expect(card.get_by_text("WebP Variants")).to_have_count(0)
    expect(card.get_by_text("€99.00 a month")).to_be_visible()
    page.get_by_role("switch").check()
    expect(card.get_by_text("a year")).to_be_visible()


def _open_essential(admin: Visitor) -> Page:
    """Open the features of the market's Essential tier, as its row's menu does."""
    page = admin.open("/admin/subscription-tiers?lang=en")
    row = page.get_by_role("row").filter(has_text="essential").filter(has_text="Marktplaz")
    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Features").click()
    admin.settle()
    return page


def _features(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Features")


def _set_products(page: Page, limit: str) -> None:
    _features(page).get_by_role("spinbutton", name="Product Limit").fill(limit)


def _save_features(page: Page) -> None:
    _features(page).get_by_role("button", name="Save").click()
    expect(_features(page)).to_be_hidden()


def test_whoever_is_over_a_lowered_limit_keeps_what_was_allowed_if_the_operator_says_so(
    visit: Visit,
) -> None:
    admin = visit("admin@demo.test")
    page = _open_essential(admin)
    _set_products(page, "160")
    panel = _features(page)
    expect(panel.get_by_text("would be over a limit")).to_be_visible()
    panel.get_by_label("Those over it keep their previous limit").check()
    _save_features(page)

    kept = visit("owner@schmit.test").open("/store/schmit/products?lang=en")
    expect(kept.get_by_text("200 / 200")).to_be_visible()
    lowered = visit("owner@demo.test").open("/store/weber/products?lang=en")
    expect(lowered.get_by_text("150 / 160")).to_be_visible()

    _open_essential(admin)
    _set_products(page, "200")
    _save_features(page)


def test_an_operator_is_told_that_a_colleague_edited_the_tier_meanwhile(visit: Visit) -> None:
    first, second = visit("admin@demo.test"), visit("admin@demo.test")
    first.witness.expect("status of 412")
    mine, theirs = _open_essential(first), _open_essential(second)
    _set_products(theirs, "201")
    _save_features(theirs)

    _set_products(mine, "202")
    _features(mine).get_by_role("button", name="Save").click()
    expect(mine.get_by_text("Somebody changed this")).to_be_visible()
    typed = _features(mine).get_by_role("spinbutton", name="Product Limit")
    expect(typed).to_have_value("202")  # what was typed is not lost

    _open_essential(second)
    _set_products(theirs, "200")
    _save_features(theirs)
