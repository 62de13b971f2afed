"""From signing up to a team, and what one does with one's account."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people.conftest import OpenPage
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import a_platform, a_shop
from tests.integration.browser import PASSWORD

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill the form in and wait for the next page."""
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login" not in url)


def test_a_merchant_signs_up_and_builds_a_team(
    open_page: OpenPage, newest_link: Callable[[], str]
) -> None:
    shipped_tiers(a_platform("market", name="Marktplaz"))
    owner = open_page("/signup?platform=market")
    owner.get_by_label("Company").fill("Weber & Fils")
    owner.get_by_label("Store name").fill("Café Weber")
    expect(owner.get_by_label("Store code")).to_have_value("cafe-weber")
    owner.get_by_label("Email address").fill("anne@example.test")
    owner.get_by_label("Password").fill("short")
    owner.get_by_role("button", name="Create account").click()
    expect(owner.locator("#password-error")).to_have_text("A password needs at least 8 characters.")
    expect(owner.get_by_label("Company")).to_have_value("Weber & Fils")
    owner.get_by_label("Password").fill("a good password")
    owner.get_by_role("button", name="Create account").click()
    owner.wait_for_url("**/merchant")
    owner.goto(newest_link())
    expect(owner.get_by_text("anne@example.test", exact=True)).to_be_visible()

    owner.goto("/store/cafe-weber/team")
    expect(owner.get_by_text("Nobody in the team yet")).to_be_visible()
    owner.get_by_role("button", name="Invite somebody").click()
    dialog = owner.get_by_role("dialog", name="Invite somebody")
    dialog.get_by_label("Email address").fill("eva@example.test")
    dialog.get_by_role("button", name="Send invitation").click()
    row = owner.get_by_role("row").filter(has_text="eva@example.test")
    expect(row).to_contain_text("Invited")

    eva = open_page(newest_link())
    eva.get_by_label("Choose a password").fill("eva's password")
    eva.get_by_role("button", name="Accept the invitation").click()
    eva.wait_for_url("**/store/cafe-weber")
    expect(eva.get_by_role("heading", level=1)).to_have_text("Café Weber")

    owner.reload()
    expect(row).to_contain_text("Active")
    row.get_by_role("button").click()
    owner.get_by_role("menuitem", name="Remove from the team").click()
    owner.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(owner.get_by_text("Nobody in the team yet")).to_be_visible()
    eva.reload()
    expect(eva.get_by_role("heading", level=1)).to_have_text("Not found")


def test_a_person_makes_and_revokes_a_token(open_page: OpenPage) -> None:
    shop_owner = _an_owner(open_page)
    shop_owner.goto("/account")
    shop_owner.get_by_role("button", name="Create a token").click()
    dialog = shop_owner.get_by_role("dialog", name="Create a token")
    dialog.get_by_label("What for").fill("Till")
    dialog.get_by_role("button", name="Create").click()
    secret = shop_owner.get_by_role("textbox", name="Token")
    expect(secret).to_have_value(re.compile("^tl_"))
    shop_owner.get_by_role("dialog", name="Your new token").get_by_role(
        "button", name="Close"
    ).last.click()
    expect(shop_owner.get_by_text("Till", exact=True)).to_be_visible()
    shop_owner.get_by_role("button", name="Revoke").click()
    shop_owner.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(shop_owner.get_by_text("No tokens yet")).to_be_visible()


def test_a_person_changes_the_password_and_then_the_name(open_page: OpenPage) -> None:
    page = _an_owner(open_page)
    page.goto("/account")
    page.locator("#change-current_password").fill(PASSWORD)
    page.locator("#change-password").fill("another password")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Password changed.")).to_be_visible()
    page.locator("#profile-display_name").fill("Anne")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Profile saved.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_has_an_accessibility_violation_or_is_too_wide(
    open_page: OpenPage, theme: str, width: int
) -> None:
    shop = a_shop(a_platform("market"))
    page = open_page("/login?lang=de", width=width, theme=theme)
    found = {}
    for path in ("/login", "/signup", "/forgot-password", "/reset-password/x", "/verify-email/x"):
        found[path] = _violations(page, path)
    page.goto("/login?lang=en")
    sign_in(page, shop.owner_email)
    store = f"/store/{shop.store_code}"
    for path in ("/account", store, f"{store}/team"):
        found[path] = _violations(page, path)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def _an_owner(open_page: OpenPage) -> Page:
    shop = a_shop()
    page = open_page("/login")
    sign_in(page, shop.owner_email)
    return page


def _violations(page: Page, path: str) -> list[str]:
    """Rule and place of all that axe objects to, and whether the page scrolls sideways."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((result) => result.violations)")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    too_wide = ["scrolls sideways"] if wide else []
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]] + too_wide
