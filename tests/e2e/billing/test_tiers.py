"""What an operator sells: prices as people write them, and whom a lower limit hits."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

TIERS = "/admin/subscription-tiers?lang=en"


def _row(page: Page, name: str, platform: str) -> Locator:
    return page.get_by_role("row", name=re.compile(f"^{name}.* {platform} "))


def _choose(page: Page, row: Locator, action: str) -> None:
    row.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=action).locator("visible=true").click()


def test_edits_a_tier_with_prices_as_people_write_them(visit: Visit) -> None:
    page = visit("admin@demo.test").open(TIERS)
    page.get_by_role("button", name="New tier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Platform").select_option(label="Gastro Online")
    dialog.get_by_label("Code").fill("season")
    dialog.get_by_label("Name (English)").fill("Season")
    dialog.get_by_label("Monthly", exact=True).fill("12.50")
    dialog.get_by_role("button", name="Save").click()
    row = _row(page, "Season", "Gastro Online")
    expect(row).to_contain_text("€12.50")

    _choose(page, row, "Edit")
    expect(dialog.get_by_label("Name (English)")).to_have_value("Season")
    expect(dialog.get_by_label("Monthly", exact=True)).to_have_value("12.50")
    dialog.get_by_label("Monthly", exact=True).fill("13,75")
    dialog.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("€13.75")

    _choose(page, row, "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete tier").click()
    expect(row).to_have_count(0)


def _lower_products(page: Page, limit: str) -> Locator:
    _choose(page, _row(page, "Essential", "Gastro Online"), "Features")
    panel = page.get_by_role("dialog", name="Features")
    panel.get_by_role("spinbutton", name="Product Limit").fill(limit)
    return panel


def test_says_whom_a_lower_limit_hits_and_lets_them_keep_what_they_have(visit: Visit) -> None:
    page = visit("admin@demo.test").open(TIERS)
    panel = _lower_products(page, "60")
    expect(panel.get_by_text("merchants would be over a limit")).to_be_visible()
    expect(panel.get_by_text("Fromagerie Theisen")).to_be_visible()
    panel.get_by_label("Those over it keep their previous limit").check()
    panel.get_by_role("button", name="Save").click()
    expect(panel).to_be_hidden()

    page.goto("/admin/subscriptions?overrides=grandfathered&lang=en")
    expect(page.get_by_role("link", name="Fromagerie Theisen")).to_be_visible()
    theisen = visit("owner@theisen.test").open("/store/theisen-3/billing?lang=en")
    expect(theisen.get_by_text("76 / 200")).to_be_visible()
    novak = visit("owner@novak.test").open("/store/novak/billing?lang=en")
    expect(novak.get_by_text("38 / 60")).to_be_visible()

    page.goto(TIERS)
    _lower_products(page, "200").get_by_role("button", name="Save").click()
    expect(panel).to_be_hidden()
    novak.reload()
    expect(novak.get_by_text("38 / 200")).to_be_visible()


def test_chooses_how_each_platform_sells(visit: Visit) -> None:
    page = visit("admin@demo.test").open(TIERS)
    rules = page.get_by_role("dialog", name="Sales rules")
    open_rules = page.get_by_role("button", name="Sales rules")
    platform, after_end = rules.get_by_label("Platform"), rules.get_by_label("Tier after the end")

    open_rules.click()
    platform.select_option(label="Marktplaz")
    expect(after_end).to_have_value("")
    after_end.select_option(label="Essential")
    rules.get_by_role("button", name="Save").click()
    expect(rules).to_be_hidden()

    open_rules.click()
    platform.select_option(label="Gastro Online")
    expect(rules.get_by_label("Tier for new merchants")).to_have_value("essential")
    expect(after_end).to_have_value("")
    platform.select_option(label="Marktplaz")
    expect(after_end).to_have_value("essential")
    after_end.select_option(label="None: read and export")
    rules.get_by_role("button", name="Save").click()
    expect(rules).to_be_hidden()
