"""The billing page where nobody has set payments up (S3)."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people.conftest import OpenPage
from tests.e2e.people.test_journey import sign_in
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import a_shop
from tests.integration.browser import PASSWORD

pytestmark = pytest.mark.browser


def test_it_shows_the_plans_and_explains_why_none_can_be_bought(open_page: OpenPage) -> None:
    page = open_page("/login")
    shop = a_shop(code="unpaid")
    shipped_tiers(shop.platform_id)
    sign_in(page, shop.owner_email, PASSWORD)
    page.goto("/store/unpaid/billing")
    expect(page.get_by_text("Payments are not set up yet")).to_be_visible()
    page.get_by_role("button", name="Subscribe to Essential").click()
    expect(page.get_by_text("Payments are not set up here yet.")).to_be_visible()
    assert page.url.endswith("/store/unpaid/billing")
