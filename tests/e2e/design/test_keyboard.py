"""Menus, dialogs and shortcuts by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.design.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_menu_moves_by_arrows_and_gives_the_focus_back(design: Page) -> None:
    trigger = design.get_by_role("button", name="Appearance")
    trigger.press("Enter")
    expect(design.get_by_role("menuitemradio", name="Light")).to_be_focused()
    design.keyboard.press("ArrowUp")
    expect(design.get_by_role("menuitemradio", name="Same as system")).to_be_focused()
    design.keyboard.press("ArrowDown")
    expect(design.get_by_role("menuitemradio", name="Light")).to_be_focused()
    design.keyboard.press("Escape")
    expect(trigger).to_be_focused()
    expect(trigger).to_have_attribute("aria-expanded", "false")


def test_theme_is_applied_at_once_and_remembered_by_cookie(design: Page) -> None:
    design.get_by_role("button", name="Appearance").click()
    design.get_by_role("menuitemradio", name="Dark").click()
    assert design.evaluate("document.documentElement.dataset.theme") == "dark"
    assert design.evaluate("document.cookie") == "tierline_theme=dark"


def test_dialog_closes_on_escape_and_gives_the_focus_back(design: Page) -> None:
    opener = design.get_by_role("button", name="Open dialog")
    opener.press("Enter")
    expect(design.locator("#design-modal")).to_be_visible()
    design.keyboard.press("Escape")
    expect(design.locator("#design-modal")).to_be_hidden()
    expect(opener).to_be_focused()


def test_dialog_closes_by_a_press_beside_it(design: Page) -> None:
    design.get_by_role("button", name="Open dialog").click()
    design.mouse.click(5, 5)
    expect(design.locator("#design-modal")).to_be_hidden()


def test_question_mark_opens_the_help(design: Page) -> None:
    design.keyboard.press("?")
    expect(design.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()


def test_slash_goes_to_the_search_and_is_typed_inside_it(design: Page) -> None:
    design.keyboard.press("/")
    search = design.get_by_role("searchbox", name="Search merchants").first
    expect(search).to_be_focused()
    design.keyboard.press("/")
    expect(search).to_have_value("/")


def test_skip_link_leads_to_the_content(design: Page) -> None:
    design.keyboard.press("Tab")
    expect(design.get_by_role("link", name="Skip to content")).to_be_focused()
    design.keyboard.press("Enter")
    expect(design.locator("#content")).to_be_focused()


def test_drawer_opens_on_phones_and_closes_on_escape(open_page: OpenPage) -> None:
    page = open_page("/design?lang=en", width=360)
    rail = page.get_by_role("navigation", name="Navigation")
    expect(rail).to_be_hidden()
    page.get_by_role("button", name="Open navigation").click()
    expect(rail).to_be_visible()
    page.keyboard.press("Escape")
    expect(rail).to_be_hidden()


def test_refusing_a_question_does_nothing(design: Page) -> None:
    design.get_by_role("button", name="Open confirmation").click()
    design.keyboard.press("Escape")
    expect(design.locator(".toast")).to_have_count(0)


def test_agreeing_to_a_question_goes_on_and_says_so(design: Page) -> None:
    design.get_by_role("button", name="Open confirmation").click()
    dialog = design.get_by_role("dialog", name="Cancel the subscription of Moselwein?")
    dialog.get_by_role("button", name="Cancel subscription").click()
    expect(design.get_by_role("status").filter(has_text="The changes are saved.")).to_be_visible()
