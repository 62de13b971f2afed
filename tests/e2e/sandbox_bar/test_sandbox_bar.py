"""Business time on every page of a demo, moved by its buttons (S21)."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from devtools.services.demo import Demo, running_demo
from tests.e2e.conftest import Visit
from tests.e2e.measures import WATCH_SHIFTS, keys_shown, overflow_px, shift, violations
from tests.e2e.visitor import DESK, PHONE, Size

STORE = "/store/weber"
OWNER = "owner@demo.test"
MOVED_WITHIN_MS = 90_000
CALM = 0.01

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo of its own: the time of the others stays where it is."""
    with running_demo(tmp_path_factory.mktemp("moving")) as running:
        yield running


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Sandbox and time of the demo")


def now(page: Page) -> str:
    return str(bar(page).locator("time").get_attribute("datetime"))


def test_a_day_passes_at_the_press_of_a_button(visit: Visit) -> None:
    page = visit(OWNER).open(f"{STORE}?lang=en")
    before = datetime.fromisoformat(now(page))
    page.get_by_role("button", name="+ 1 day", exact=True).click()
    told = page.get_by_text("It is now ")
    expect(told).to_be_visible(timeout=MOVED_WITHIN_MS)
    passed = datetime.fromisoformat(now(page)) - before
    assert timedelta(days=1) <= passed < timedelta(days=1, minutes=2)
    elsewhere = visit("staff@demo.test").open(f"{STORE}?lang=en")
    assert now(elsewhere)[:10] == now(page)[:10]


def test_it_shows_others_how_far_a_move_got_and_lets_them_reload(visit: Visit) -> None:
    mover, other = visit(OWNER).open(f"{STORE}?lang=en"), visit("staff@demo.test")
    mover.get_by_role("button", name="+ 1 week").click()
    progress = bar(mover).get_by_role("progressbar", name="Move time ahead")
    expect(progress).to_be_visible()
    expect(bar(mover).get_by_role("button")).to_have_count(0)
    watching = other.page
    watching.goto(f"{STORE}?lang=en")
    expect(bar(watching).get_by_role("progressbar")).to_be_visible()
    expect(bar(watching).get_by_role("status")).to_contain_text("Moving to ")
    reload = watching.get_by_role("button", name="Reload the page")
    expect(reload).to_be_visible(timeout=MOVED_WITHIN_MS)
    with watching.expect_navigation():
        reload.click()
    expect(mover.get_by_text("It is now ")).to_be_visible(timeout=MOVED_WITHIN_MS)
    expect(bar(mover).get_by_role("button", name="+ 1 day", exact=True)).to_be_visible()


def test_it_says_why_there_is_nowhere_to_go_and_gives_the_focus_back(visit: Visit) -> None:
    visitor = visit(OWNER)
    visitor.witness.expect("status of 409")
    page = visitor.open(f"{STORE}?lang=en")
    page.route("**/demo/clock*", refuse_moves)
    page.get_by_role("button", name="+ 1 day", exact=True).click()
    expect(page.get_by_text("The time is being moved already.")).to_be_visible()
    expect(page.get_by_role("button", name="+ 1 day", exact=True)).to_be_focused()


def refuse_moves(route: Route) -> None:
    if route.request.method == "GET":
        route.continue_()
        return
    problem = {"status": 409, "detail": "The time is being moved already.", "title": "Conflict"}
    problem |= {"error_code": "clock_moving"}
    route.fulfill(status=409, content_type="application/problem+json", body=json.dumps(problem))


@pytest.mark.parametrize("lang", ["de", "en", "fr", "lb"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_it_fits_every_screen_and_language(visit: Visit, lang: str, size: Size) -> None:
    visitor = visit(OWNER, size=size)
    visitor.context.add_init_script(WATCH_SHIFTS)
    page = visitor.open(f"{STORE}?lang={lang}")
    assert violations(page) == []
    assert overflow_px(page) == 0
    assert keys_shown(page) == []
    moved, nodes = shift(page)
    assert moved <= CALM, nodes


def test_on_a_phone_its_moves_are_a_menu(visit: Visit) -> None:
    page = visit(OWNER, size=PHONE).open(f"{STORE}?lang=en")
    expect(page.get_by_role("button", name="+ 1 day", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Move time ahead").click()
    moves = page.get_by_role("menuitem").all_inner_texts()
    assert moves == ["+ 1 day", "+ 1 week", "To the trial’s end", "To the next renewal"]


def test_who_is_not_signed_in_sees_the_time_and_no_buttons(visit: Visit) -> None:
    page = visit().open("/login?lang=en")
    expect(bar(page)).to_contain_text("Sandbox")
    expect(bar(page).locator("time")).to_be_visible()
    expect(bar(page).get_by_role("button")).to_have_count(0)
