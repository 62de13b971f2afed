"""Operators suppose a change on the capacity page, and read what it would mean."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.measures import overflow_px, violations
from tests.e2e.visitor import DESK, PHONE, Size

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [(DESK, "light"), (PHONE, "dark")])
def test_tells_what_a_move_would_change_and_refuses_one_that_leads_nowhere(
    visit: Visit, size: Size, theme: str
) -> None:
    visitor = visit("admin@demo.test", size=size)
    visitor.context.add_cookies(
        [{"name": "tierline_theme", "value": theme, "url": visitor.address}]
    )
    visitor.witness.expect("status of 422")
    page = visitor.open("/admin/platform-health/capacity?lang=en")
    moving = page.get_by_role("group", name="Merchants change tier")
    moving.get_by_label("From").select_option("essential")
    moving.get_by_label("To").select_option("essential")
    page.get_by_role("button", name="Calculate").click()
    expect(moving.get_by_text("Choose another tier")).to_be_visible()
    moving.get_by_label("To").select_option("professional")
    moving.get_by_label("Share in percent").fill("100")
    page.get_by_role("button", name="Calculate").click()
    table = page.get_by_role("table", name="What changes")
    expect(table.get_by_role("row")).to_have_count(5)
    revenue = table.get_by_role("row").filter(has_text="MRR").get_by_role("cell")
    expect(revenue).to_have_count(2)
    before, after = revenue.all_text_contents()
    assert before != after
    assert overflow_px(page) <= 0
    assert violations(page) == []
