"""Every page, as everybody who may open it, in every language, size and theme."""

from collections.abc import Callable

import pytest

from devtools.paths import BUILD
from tests.e2e.conftest import Visit
from tests.e2e.measures import (
    WATCH_SHIFTS,
    keys_shown,
    overflow_px,
    shift,
    violations,
    weight_bytes,
)
from tests.e2e.pages.appearances import APPEARANCES, Appearance
from tests.e2e.pages.routes import Visited, all_visits
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser

VISITS = all_visits()
ON_FIRST_VISIT = 5
MAX_SHIFT = 0.01
MAX_WEIGHT_BYTES = 250_000
EXAMINED = "de"
PICTURES = BUILD / "pages"  # kept to look through after a run


@pytest.mark.parametrize("visited", VISITS, ids=str)
def test_looks_right_and_keeps_its_promises(
    visit: Visit, visited: Visited, proof_size: Callable[..., int]
) -> None:
    is_first = VISITS[visited]
    looks = proof_size(
        "appearances of a page on its first visit" if is_first else "appearances on other visits",
        reduced=ON_FIRST_VISIT if is_first else 1,
        full=len(APPEARANCES),
    )
    visitor = visit(visited.email, size=APPEARANCES[0].size)
    visitor.context.add_init_script(WATCH_SHIFTS)
    if visited.refusal:
        visitor.witness.expect(f"status of {visited.refusal}")
    faults = {str(look): _faults(visitor, visited, look) for look in APPEARANCES[:looks]}
    assert {look: found for look, found in faults.items() if found} == {}


def _faults(visitor: Visitor, visited: Visited, look: Appearance) -> list[str]:
    page = visitor.page
    page.set_viewport_size(look.size)
    # A resize that arrives after the first paint would pass for a shift of the page's own.
    page.wait_for_function("(width) => innerWidth === width", arg=look.size["width"])
    visitor.open(f"{visited.path}?lang={look.locale}")
    faults = [f"shows the key {key}" for key in keys_shown(page)]
    if (too_wide := overflow_px(page)) > 0:
        faults.append(f"is {too_wide} px wider than the screen")
    moved, what = shift(page)
    if moved > MAX_SHIFT:
        faults.append(f"moved by {moved:.3f} after the first paint: {what}")
    if look.locale == EXAMINED:
        if (weight := weight_bytes(page)) > MAX_WEIGHT_BYTES:
            faults.append(f"weighs {weight:,} bytes")
        page.screenshot(path=PICTURES / f"{_file_name(visited)}-{look.size['width']}.png")
        faults += violations(page)
    return faults


def _file_name(visited: Visited) -> str:
    return str(visited).strip("/").replace("/", "-").replace(" ", "-")


def test_walks_every_page_of_the_table_at_least_once() -> None:
    paths = {visit.path for visit in VISITS}
    assert {"/login", "/account", "/merchant", "/store/weber", "/admin/merchants/1"} <= paths
