"""Operators at subscriptions and tiers: found, edited, explained, and nothing lost on the way."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

TIERS = "/admin/subscription-tiers?lang=en"


def menu_of(page: Page, row: Locator, entry: str) -> None:
    """Choose an entry of a row's menu by keyboard alone."""
    row.get_by_role("button", name="Actions").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name=entry).focus()
    page.keyboard.press("Enter")


def test_finds_a_subscription_by_filters_and_makes_an_exception_by_keyboard(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    page = visitor.open("/admin/subscriptions?lang=en")
    page.get_by_role("combobox", name="Status").select_option("past_due")
    page.wait_for_url("**status=past_due**")
    visitor.settle()
    page.reload()
    visitor.settle()
    expect(page.get_by_role("cell", name="Past due").first).to_be_visible()
    row = page.get_by_role("row").nth(1)
    menu_of(page, row, "Edit")
    dialog = page.get_by_role("dialog", name="Edit subscription")
    number = dialog.get_by_role("spinbutton", name="Product Limit")
    expect(number).to_have_attribute("placeholder", "Tier default")
    number.focus()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(row.get_by_role("button", name="Actions")).to_be_focused()
    menu_of(page, row, "Edit")
    number.fill("777")
    dialog.get_by_label("Reason").fill("Moving house")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(row.get_by_role("cell").nth(8)).to_have_text("1")
    menu_of(page, row, "Limits and why")
    visitor.settle()
    expect(page.get_by_text("Moving house")).to_be_visible()


def test_who_saves_a_tier_second_keeps_the_changes_and_loses_nobody_elses(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    visitor.witness.expect("status of 412")
    first = visitor.open(TIERS)
    second = visitor.context.new_page()
    second.goto(TIERS)
    for page in (first, second):
        menu_of(page, page.get_by_role("row", name="Enterprise").first, "Edit")
    mine, theirs = (page.get_by_role("dialog") for page in (second, first))
    theirs.get_by_label("Order").fill("9")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs).to_be_hidden()
    mine.get_by_label("Name (German)").fill("Großkunden")
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_role("alert")).to_contain_text("changed")
    mine.get_by_role("button", name="Load the latest version, keep my changes").click()
    expect(mine.get_by_label("Order")).to_have_value("9")
    expect(mine.get_by_label("Name (German)")).to_have_value("Großkunden")
    mine.get_by_role("button", name="Save").click()
    expect(mine).to_be_hidden()


def test_looks_at_a_merchant_as_its_owner_and_changes_nothing(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    page = visitor.open("/admin/stores/1?lang=en")
    page.get_by_role("button", name="View as merchant").click()
    page.wait_for_url("**/store/weber")
    visitor.settle()
    bar = page.get_by_role("region", name="A merchant’s view")
    expect(bar).to_contain_text("You see what Bäckerei Weber sees.")
    visitor.open("/store/weber/products")
    expect(bar).to_be_visible()
    expect(page.get_by_role("button", name="Add product")).to_have_count(0)
    bar.get_by_role("button", name="End the view").click()
    page.wait_for_url("**/admin/merchants/1")
