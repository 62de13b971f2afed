"""What operators do: create, edit at the same time, find, page."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser


def create_merchant(page: Page, name: str, email: str) -> None:
    """Create a merchant with its owner, from the open list of merchants."""
    page.get_by_role("button", name="New merchant").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).first.fill(name)
    dialog.get_by_label("Email").first.fill(email)
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()


def test_creates_a_platform(visit: Visit) -> None:
    page = visit("admin@demo.test").open("/admin/platforms")
    page.get_by_role("button", name="New platform").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Wäimaart")
    dialog.get_by_label("Code").fill("waimaart")
    dialog.get_by_label("Time zone").select_option("Europe/Luxembourg")
    dialog.get_by_label("Currency").fill("EUR")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("row", name="Wäimaart")).to_contain_text("waimaart")


def test_keeps_the_input_of_who_saves_second(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    visitor.witness.expect("status of 412")
    first = visitor.open("/admin/merchants")
    create_merchant(first, "Zwou <i>Fënster</i>", "owner@fenster.test")
    first.get_by_role("searchbox").fill("Zwou")
    first.get_by_role("link", name="Zwou <i>Fënster</i>").click()
    first.wait_for_url("**/admin/merchants/*")
    second = visitor.context.new_page()
    second.goto(first.url)
    for page in (first, second):
        page.get_by_role("button", name="Edit").click()
    first.get_by_role("dialog").get_by_label("Phone").fill("+352 1")
    first.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(first.get_by_role("dialog")).to_be_hidden()
    dialog = second.get_by_role("dialog")
    dialog.get_by_label("Phone").fill("+352 2")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("changed")
    expect(dialog.get_by_label("Phone")).to_have_value("+352 2")
    second.reload()
    expect(second.get_by_text("+352 1")).to_be_visible()


def test_keeps_search_filter_and_page_in_the_address_and_the_back_button(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    page = visitor.open("/admin/stores")
    names = page.locator("tbody:not([aria-hidden]) td.is-main")
    expect(names).to_have_count(50)
    page.get_by_role("button", name="Next page").click()
    page.wait_for_url("**cursor=*")
    expect(names.first).not_to_have_text("Atelier Faber")
    page.go_back()
    expect(names.first).to_have_text("Atelier Faber")
    page.get_by_label("Platform").select_option("Gastro Online")
    page.wait_for_url("**platform_id=*")
    page.get_by_role("searchbox").fill("novak")
    page.wait_for_url("**search=novak*")
    visitor.settle()
    found = names.all_inner_texts()
    assert found
    assert all("Novak" in name for name in found)
    page.reload()
    visitor.settle()
    assert names.all_inner_texts() == found


def test_counts_people_as_the_filters_find_them(visit: Visit) -> None:
    visitor = visit("admin@demo.test")
    page = visitor.open("/admin/merchant-users")
    cards = page.locator(".stat-figure")
    total, owners, members, _ = cards.all_inner_texts()
    assert int(total) == int(owners) + int(members)
    page.get_by_label("Type").select_option("team_member")
    visitor.settle()
    page.wait_for_url("**type=team_member")
    expect(page.get_by_role("status").filter(has_text="result")).to_have_text(f"{members} results")
    expect(cards.nth(0)).to_have_text(members)
    expect(cards.nth(1)).to_have_text("0")
