"""Language and theme stay as chosen; keyboard alone suffices; a lost connection loses nothing."""

import pytest
from playwright.sync_api import Page, expect

from app.kit.i18n import LOCALES
from tests.e2e.conftest import Visit
from tests.e2e.visitor import PHONE

pytestmark = pytest.mark.browser

NAMES = {"de": "Deutsch", "en": "English", "fr": "Français", "lb": "Lëtzebuergesch"}
TITLES = {"de": "Anmelden", "en": "Sign in", "fr": "Se connecter", "lb": "Umellen"}


@pytest.mark.parametrize("locale", LOCALES)
def test_remembers_the_language_of_a_stranger(visit: Visit, locale: str) -> None:
    page = visit().open("/login")
    page.get_by_role("button", name="Language").click()
    page.get_by_role("menuitemradio", name=NAMES[locale]).click()
    expect(page.locator("html")).to_have_attribute("lang", locale)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[locale])
    page.goto("/login")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[locale])


def test_remembers_the_language_with_the_account_in_another_browser(visit: Visit) -> None:
    page = visit("owner@faber.test").open("/account?lang=en")
    page.get_by_role("button", name="Language").click()
    page.get_by_role("menuitemradio", name="Lëtzebuergesch").click()
    expect(page.locator("html")).to_have_attribute("lang", "lb")
    elsewhere = visit("owner@faber.test").open("/account")
    expect(elsewhere.locator("html")).to_have_attribute("lang", "lb")


def test_answers_in_the_language_that_the_page_was_asked_for_in(visit: Visit) -> None:
    manager = visit("manager@demo.test")
    manager.witness.expect("status of 400")
    page = manager.open("/account?lang=fr")
    page.get_by_role("textbox", name="Mot de passe actuel").fill("not-mine")
    page.get_by_label("Nouveau mot de passe", exact=True).fill("long enough for you")
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page.get_by_text("Le mot de passe actuel n’est pas correct.")).to_be_visible()


def test_remembers_the_theme(visit: Visit) -> None:
    page = visit("staff@demo.test").open("/store/weber")
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/account")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_signs_in_and_edits_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/login")
    expect(page.get_by_label("Email address")).to_be_focused()
    page.keyboard.type("admin@demo.test")
    page.keyboard.press("Tab")
    page.keyboard.type("demo-demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin")
    visitor.open("/admin/platforms")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("gastro")
    page.wait_for_url("**search=gastro")
    visitor.settle()
    page.get_by_role("button", name="Actions").press("Enter")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('dialog') !== null || "
            "document.activeElement === document.body"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Actions")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()


# A field's border takes part in its ring.
RING_PX = """
() => {
  const style = getComputedStyle(document.activeElement);
  const joins = style.borderTopColor === style.outlineColor;
  return parseFloat(style.outlineWidth) + (joins ? parseFloat(style.borderTopWidth) : 0);
}
"""


def shows_ring(page: Page) -> bool:
    """Whether the focus is to be seen within two seconds; colours change over a moment."""
    for _ in range(20):
        if page.evaluate(RING_PX) >= 2:
            return True
        page.wait_for_timeout(100)
    return False


def test_shows_where_the_focus_is(visit: Visit) -> None:
    page = visit("owner@demo.test").open("/merchant/stores")
    unseen = []
    for _ in range(15):
        page.keyboard.press("Tab")
        if not shows_ring(page):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert unseen == []


def test_keeps_the_input_when_the_server_is_out_of_reach(visit: Visit) -> None:
    visitor = visit("owner@kieffer.test")
    visitor.witness.expect("ERR_INTERNET_DISCONNECTED")
    page = visitor.open("/account?lang=en")
    name = page.get_by_label("Your name")
    name.fill("Marie-Louise Kieffer")
    visitor.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").locator("visible=true")).to_contain_text(
        "The server cannot be reached."
    )
    expect(name).to_have_value("Marie-Louise Kieffer")
    visitor.context.set_offline(False)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Profile saved.")).to_be_visible()


def test_opens_and_leaves_the_rail_on_a_phone(visit: Visit) -> None:
    page = visit("owner@demo.test", size=PHONE).open("/store/weber")
    rail = page.get_by_role("navigation", name="Navigation")
    expect(rail).to_be_hidden()
    page.get_by_role("button", name="Open navigation").click()
    rail.get_by_role("link", name="Team").click()
    page.wait_for_url("**/store/weber/team")
    expect(rail).to_be_hidden()
