"""What billing adds to pages of other modules, by who looks at them."""

from app.modules.tenancy.models import MemberRole
from tests.factories.tenancy import AShop, a_member, a_shop
from tests.integration.browser import Visitor


def dashboard(client: Visitor, shop: AShop, email: str) -> str:
    """The first page of the store, as somebody sees it."""
    answer = client.sign_in(email).get(f"/store/{shop.store_code}")
    assert answer.status_code == 200
    return str(answer.text)


def test_it_shows_owners_usage_and_plan(client: Visitor) -> None:
    shop = a_shop(code="panels")
    page = dashboard(client, shop, shop.owner_email)
    assert 'x-data="storeUsage(true)"' in page
    assert "/static/billing/store/js/dashboard.js" in page
    assert "/store/panels/billing" in page


def test_it_shows_staff_usage_without_the_plan(client: Visitor) -> None:
    shop = a_shop(code="panels")
    page = dashboard(client, shop, a_member(shop, MemberRole.STAFF))
    assert 'x-data="storeUsage(false)"' in page
    assert "/store/panels/billing" not in page
