"""Pages on a machine so slow that it paints whatever it has."""

import pytest

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
