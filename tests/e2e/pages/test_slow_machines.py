"""Pages on a machine so slow that it paints whatever it has, and over a slow line."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.measures import WATCH_SHIFTS, shift
from tests.e2e.visitor import PHONE

pytestmark = pytest.mark.browser

TIMES_SLOWER = 6
MAX_SHIFT = 0.01


@pytest.mark.parametrize("path", ["/admin/users", "/admin/platforms", "/admin/merchants"])
def test_paints_a_list_in_its_place_at_once(visit: Visit, path: str) -> None:
    visitor = visit("admin@demo.test", size=PHONE)
    visitor.context.add_init_script(WATCH_SHIFTS)
    slow = visitor.context.new_cdp_session(visitor.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
    visitor.open(f"{path}?lang=de")
    moved, what = shift(visitor.page)
    assert moved <= MAX_SHIFT, what


def test_keeps_its_letters_when_the_font_comes_after_them(visit: Visit) -> None:
    visitor = visit("admin@demo.test", size=PHONE)
    visitor.context.add_init_script(WATCH_SHIFTS)
    on_its_way: list[Route] = []

    def hold(font: Route) -> None:
        on_its_way.append(font)

    visitor.page.route("**/*.woff2*", hold)
    visitor.page.goto("/admin?lang=de", wait_until="domcontentloaded")
    expect(visitor.page.locator("[x-cloak]")).to_have_count(0)
    for font in on_its_way:
        font.continue_()
    visitor.settle()
    visitor.page.evaluate("document.fonts.ready")
    moved, what = shift(visitor.page)
    assert on_its_way != []
    assert moved <= MAX_SHIFT, what
