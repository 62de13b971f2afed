"""Add-ons in the hands of operators (D29)."""

from collections.abc import Callable

import pytest

from app.contracts.features import gate
from tests.factories.billing import a_subscription, an_addon, shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_shop, a_super_admin
from tests.integration.browser import Visitor

ADDONS = "/api/v1/admin/addons"


@pytest.fixture
def root(visitor: Callable[[], Visitor]) -> Visitor:
    """A super admin, signed in."""
    return visitor().sign_in(a_super_admin())


@pytest.fixture
def shop(root: Visitor) -> AShop:
    """A shop that subscribes, on a platform with what is shipped."""
    shop = a_shop(code="first")
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner)
    return shop


def a_pack(platform_id: int, **changes: object) -> dict[str, object]:
    return {
        "platform_id": platform_id,
        "code": "seats_5",
        "name_i18n": {"en": "5 seats", "de": "5 Plätze"},
        "category": "seats",
        "price_cents": 2000,
        "billing_period": "month",
        "quantity": 5,
        "grants": {"max_team_members": 5, "sso": True},
        **changes,
    }


def test_lists_what_a_platform_sells(root: Visitor, shop: AShop) -> None:
    shipped_tiers(a_platform())
    items = root.get(f"{ADDONS}?platform_id={shop.platform_id}").json()["items"]
    codes = [one["code"] for one in items]
    assert codes == ["domain", "ssl_premium", "email_5", "email_10", "email_25"]
    assert root.get(ADDONS).json()["total"] == 10
    assert items[0]["grants"] == {"custom_domain": True}
    assert (items[0]["price_cents"], items[0]["billing_period"]) == (1500, "year")


def test_adds_one_with_grants(root: Visitor, shop: AShop) -> None:
    answer = root.post(ADDONS, a_pack(shop.platform_id))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["currency"], made["shipped"], made["stores"]) == ("EUR", False, 0)
    assert made["grants"] == {"max_team_members": 5, "sso": True}
    taken = root.post(ADDONS, a_pack(shop.platform_id))
    assert (taken.status_code, taken.json()["error_code"]) == (409, "addon_code_taken")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"grants": {"nothing_known": 1}}, 400),
        ({"grants": {"sso": 3}}, 422),
        ({"grants": {"max_team_members": True}}, 422),
        ({"grants": {"max_team_members": 0}}, 422),
        ({"price_cents": -1}, 422),
        ({"billing_period": "week"}, 422),
        ({"category": "Not a slug"}, 422),
        ({"code": "Not a slug"}, 422),
        ({"name_i18n": {}}, 422),
        ({"unknown": 1}, 422),
    ],
)
def test_refuses_what_makes_no_sense(
    root: Visitor, shop: AShop, changes: dict[str, object], status: int
) -> None:
    assert root.post(ADDONS, a_pack(shop.platform_id, **changes)).status_code == status
    assert root.get(f"{ADDONS}?platform_id={shop.platform_id}").json()["total"] == 5


def test_drops_the_price_at_stripe_with_a_new_amount(root: Visitor, shop: AShop) -> None:
    made = root.post(ADDONS, a_pack(shop.platform_id, stripe_price_id="price_1")).json()
    path = f"{ADDONS}/{made['id']}"
    same = root.patch(path, {"price_cents": 2000, "display_order": 3}).json()
    assert same["stripe_price_id"] == "price_1"
    assert root.patch(path, {"price_cents": 2500}).json()["stripe_price_id"] is None


def test_grants_at_once_what_an_operator_adds(root: Visitor, shop: AShop) -> None:
    an_addon(shop, "domain")
    assert not gate().check(shop.owner, "sso").allowed
    [domain] = [one for one in root.get(ADDONS).json()["items"] if one["code"] == "domain"]
    assert domain["stores"] == 1
    root.patch(f"{ADDONS}/{domain['id']}", {"grants": {"custom_domain": True, "sso": True}})
    assert gate().check(shop.owner, "sso").allowed


def test_keeps_what_somebody_else_changed(root: Visitor, shop: AShop) -> None:
    made = root.post(ADDONS, a_pack(shop.platform_id)).json()
    path = f"{ADDONS}/{made['id']}"
    tag = {"If-Match": root.get(path).headers["ETag"]}
    assert root.patch(path, {"price_cents": 2100}, headers=tag).status_code == 200
    assert root.patch(path, {"price_cents": 2200}, headers=tag).status_code == 412


def test_shows_what_a_store_has(root: Visitor, shop: AShop) -> None:
    an_addon(shop, "ssl_premium")
    [shown] = root.get(f"{ADDONS}/stores/{shop.store_id}").json()
    assert (shown["code"], shown["status"], shown["fulfilment"]) == (
        "ssl_premium",
        "active",
        "waiting",
    )


def test_moves_what_was_delivered_from_list_to_list(root: Visitor, shop: AShop) -> None:
    addon_id = an_addon(shop, "ssl_premium")
    path = "/api/v1/admin/fulfilment"
    assert [one["id"] for one in root.get(path).json()["items"]] == [addon_id]
    assert root.post(f"{path}/{addon_id}/done").status_code == 200
    assert root.get(path).json()["items"] == []
    [done] = root.get(f"{path}?state=done").json()["items"]
    assert (done["id"], done["store_code"]) == (addon_id, shop.store_code)
