"""What holds for every page: accessibility, security policy, weight, width, languages."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.kit.i18n import LOCALES
from tests.e2e.design.conftest import OpenPage
from tests.e2e.design.pages import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = [360, 1440]
SCREENS = [360, 640, 768, 1024, 1280, 1920]
THEMES = ["light", "dark"]
OVERLAYS = ["Open dialog", "Open side panel", "Open confirmation"]
MAX_WEIGHT_BYTES = 250_000


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", ["/design", "/error", "/signed-out"])
def test_has_no_accessibility_violation(
    open_page: OpenPage, path: str, theme: str, width: int
) -> None:
    page = open_page(f"{path}?lang=de&theme={theme}", width=width)
    assert violations(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_has_no_accessibility_violation_in_a_dialog(
    open_page: OpenPage, overlay: str, theme: str
) -> None:
    page = open_page(f"/design?lang=en&theme={theme}")
    page.get_by_role("button", name=overlay).click()
    page.locator("dialog:modal").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_has_no_accessibility_violation_in_a_menu(open_page: OpenPage, theme: str) -> None:
    page = open_page(f"/design?lang=en&theme={theme}")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menu").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", ["/design", "/error", "/signed-out"])
def test_fits_every_screen_in_every_language(open_page: OpenPage, path: str, locale: str) -> None:
    page = open_page(f"{path}?lang={locale}")
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator("html")).to_have_js_property("scrollWidth", width)


def test_keeps_to_its_security_policy_and_its_own_host(open_page: OpenPage, address: str) -> None:
    page = open_page("/error")
    hosts: set[str] = set()
    messages: list[str] = []
    page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto("/design?lang=lb")
    page.wait_for_load_state("networkidle")
    for name in ["Dialog opmaachen", "Säiteleescht opmaachen"]:
        page.get_by_role("button", name=name).click()
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Message weisen").click()
    refused_on_purpose = [text for text in messages if "503" in text]
    assert messages == refused_on_purpose
    assert hosts == {address}


def test_weighs_less_than_250_kilobytes(open_page: OpenPage) -> None:
    page = open_page("/error")
    addresses: set[str] = set()
    page.on("requestfinished", lambda request: addresses.add(request.url))
    page.goto("/design?lang=fr")
    page.wait_for_load_state("networkidle")
    assert sum(sent_bytes(page, one) for one in addresses) < MAX_WEIGHT_BYTES


def test_paints_the_chosen_theme_before_any_script(open_page: OpenPage) -> None:
    page = open_page("/design?theme=dark")
    page.route("**/*.js*", lambda route: route.abort())
    page.goto("/design?theme=dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 16, 23)"


def violations(page: Page) -> list[str]:
    """Rule and place of all that axe objects to."""
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((result) => result.violations)")
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


def sent_bytes(page: Page, address: str) -> int:
    """What an answer weighs compressed; fonts are compressed already."""
    body = page.request.get(address).body()
    return len(body) if urlsplit(address).path.endswith(".woff2") else len(gzip.compress(body))
