"""Owners see when their limits are reached, or which tier tells it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

COHORTS = "Who stays, by first month"


def test_tells_what_is_ahead_where_the_plan_does_and_names_the_tier_elsewhere(visit: Visit) -> None:
    page = visit("owner@steffen.test").open("/store/steffen/billing?lang=en")
    expect(page.get_by_text("At this pace no limit is reached before")).to_be_visible()
    page.goto("/store/steffen/analytics?lang=en")
    expect(page.get_by_text("At this pace no limit is reached before")).to_be_visible()
    expect(page.get_by_text("lay within the 95% band").first).to_be_visible()
    page = visit("owner@demo.test").open("/store/weber/billing?lang=en")
    expect(page.get_by_text("Business shows when you will reach a limit.")).to_be_visible()


def test_saves_the_cohorts_that_the_heat_map_shows(visit: Visit) -> None:
    page = visit("admin@demo.test").open("/admin/analytics?lang=en")
    card = page.locator("section.card").filter(has=page.get_by_role("region", name=COHORTS))
    with page.expect_download() as saving:
        card.get_by_role("button", name="Save as CSV").click()
    lines = saving.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == card.get_by_role("row").count()
