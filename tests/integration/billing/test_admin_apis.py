"""Tiers, limits and overrides in the hands of operators: exact effects, and nothing on refusal."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contracts.features import gate
from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.modules.billing.models import MerchantFeatureOverride, TierPrice
from app.modules.core.models import AuditEntry
from app.modules.tenancy.models import PlatformAdmin, User
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.tenancy import AShop, a_platform_admin, a_shop
from tests.factories.usage import counter_is
from tests.integration.browser import Visitor
from tests.integration.queries import counted_queries

BASE = "/api/v1/admin/subscriptions"
LIMITS = f"{BASE}/features/tiers/essential/limits"


def limit_of(owner: Owner, code: str = "max_products") -> tuple[int | None, str]:
    answer = gate().check(owner, code)
    return answer.limit, answer.scope


def audited() -> list[str]:
    with unit_of_work(read_only=True) as work:
        return [one.action for one in work.session.query(AuditEntry).order_by(AuditEntry.id)]


def overrides_of(shop: AShop) -> list[tuple[str, int | None, str]]:
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(MerchantFeatureOverride).filter_by(merchant_id=shop.merchant_id)
        return [(one.feature_code, one.limit_value, one.reason) for one in rows]


def entry(value: Any = 10, code: str = "max_products", **more: Any) -> dict[str, Any]:
    return {"feature_code": code, "limit_value": value, "enabled": True, **more}


def test_the_catalog_holds_thirty_features_by_category(admin: Visitor) -> None:
    features = admin.get(f"{BASE}/features/catalog").json()["features"]
    assert sum(len(group) for group in features.values()) == 30
    assert list(features["analytics"][0])[:4] == ["code", "name", "feature_type", "category"]
    first = {key: features["analytics"][0][key] for key in ("code", "name", "feature_type")}
    assert first == {
        "code": "basic_analytics",
        "name": "Basic Analytics",
        "feature_type": "binary",
    }


def test_limits_are_written_where_listed_and_left_elsewhere(admin: Visitor, shop: AShop) -> None:
    answer = admin.put(LIMITS, [entry(150), entry(None, "max_stores")])
    assert answer.status_code == 200, answer.text
    written = {one["feature_code"]: one["limit_value"] for one in answer.json()}
    assert (written["max_products"], written["max_stores"]) == (150, None)
    assert written["max_orders_per_month"] == 100
    assert limit_of(shop.owner) == (150, "tier")
    assert audited() == ["tier.limits"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ([entry(code="no_such")], 400, "unknown_feature_code"),
        ([entry(1), entry(2)], 422, "invalid_input"),
        ([entry(-1)], 422, "invalid_input"),
        ([entry(5, "basic_analytics")], 422, "invalid_input"),
        ([entry("7")], 422, "invalid_input"),
        ([entry(150), entry(2**63)], 422, "invalid_input"),
    ],
)
def test_bad_limits_are_refused_and_nothing_is_written(
    admin: Visitor, shop: AShop, body: Any, status: int, code: str
) -> None:
    answer = admin.put(LIMITS, body)
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    assert limit_of(shop.owner) == (200, "tier")
    assert audited() == []


def test_an_edit_meanwhile_is_not_overwritten(admin: Visitor, shop: AShop) -> None:
    tag = admin.get(LIMITS).headers["etag"]
    first = admin.put(LIMITS, [entry(150)], headers={"If-Match": tag})
    assert first.headers["etag"] != tag
    second = admin.put(LIMITS, [entry(20)], headers={"If-Match": tag})
    assert (second.status_code, second.json()["error_code"]) == (412, "edited_meanwhile")
    assert limit_of(shop.owner) == (150, "tier")


@pytest.mark.parametrize(
    ("keep", "kept"), [("over", ["over"]), ("all", ["over", "under"]), ("nobody", [])]
)
def test_a_lowered_limit_is_kept_for_whom_the_operator_says(
    admin: Visitor, shop: AShop, keep: str, kept: list[str]
) -> None:
    under = a_shop(shop.platform_id)
    a_subscription(under.owner, "essential")
    counter_is(shop.owner, "max_products", 150)
    counter_is(under.owner, "max_products", 50)
    impact = admin.post(f"{BASE}/tiers/essential/impact", {"limits": [entry(100)]}).json()
    assert (impact["over"], impact["codes"]) == (1, ["max_products"])
    assert impact["sample"][0]["id"] == shop.merchant_id
    assert admin.put(f"{LIMITS}?keep={keep}", [entry(100)]).status_code == 200
    expected = [("max_products", 200, "grandfathered")]
    assert overrides_of(shop) == (expected if "over" in kept else [])
    assert overrides_of(under) == (expected if "under" in kept else [])


def test_the_same_code_on_two_platforms_is_never_the_first_match(
    admin: Visitor, shop: AShop
) -> None:
    other = a_shop()
    shipped_tiers(other.platform_id)
    refused = admin.put(LIMITS, [entry(1)])
    assert (refused.status_code, refused.json()["error_code"]) == (409, "ambiguous_tier_code")
    assert admin.put(f"{LIMITS}?platform_id={other.platform_id}", [entry(1)]).status_code == 200
    assert limit_of(shop.owner) == (200, "tier")


def test_only_a_granted_admin_of_the_platform_writes_tiers(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    ungranted = visitor().sign_in(a_platform_admin(shop.platform_id))
    assert ungranted.get(LIMITS).status_code == 200
    assert ungranted.put(LIMITS, [entry(1)]).status_code == 403
    foreign = visitor().sign_in(
        a_platform_admin(a_shop().platform_id, granted=("billing.manage_tiers",))
    )
    assert foreign.put(LIMITS, [entry(1)]).status_code == 404
    granted = visitor().sign_in(
        a_platform_admin(shop.platform_id, granted=("billing.manage_tiers",))
    )
    assert granted.put(LIMITS, [entry(150)]).status_code == 200
    assert limit_of(shop.owner) == (150, "tier")


def test_a_grant_on_one_platform_writes_no_tiers_of_another(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    other = a_shop()
    shipped_tiers(other.platform_id)
    a_subscription(other.owner, "essential")
    email = a_platform_admin(shop.platform_id, granted=("billing.manage_tiers",))
    with unit_of_work() as work:
        user = work.session.query(User).filter_by(email=email).one()
        work.session.add(PlatformAdmin(user_id=user.id, platform_id=other.platform_id, granted=[]))
    admin = visitor().sign_in(email)
    assert admin.put(f"{LIMITS}?platform_id={other.platform_id}", [entry(1)]).status_code == 403
    assert limit_of(other.owner) == (200, "tier")


def test_an_override_wins_and_its_reset_returns_to_the_tier(admin: Visitor, shop: AShop) -> None:
    url = f"{BASE}/features/merchants/{shop.merchant_id}/overrides"
    answer = admin.put(url, [{"feature_code": "max_products", "limit_value": 300, "reason": "VIP"}])
    assert answer.status_code == 200, answer.text
    assert [(one["limit_value"], one["reason"]) for one in answer.json()] == [(300, "VIP")]
    assert limit_of(shop.owner) == (300, "merchant_override")
    assert admin.put(url, [{"feature_code": "max_products", "reset": True}]).json() == []
    assert limit_of(shop.owner) == (200, "tier")
    assert audited() == ["merchant.overrides", "merchant.overrides"]


def test_overrides_of_a_merchant_with_two_subscriptions_need_the_platform(
    admin: Visitor, shop: AShop
) -> None:
    other = a_shop()
    shipped_tiers(other.platform_id)
    a_subscription(Owner(shop.merchant_id, other.platform_id), "essential")
    url = f"{BASE}/features/merchants/{shop.merchant_id}/overrides"
    refused = admin.get(url)
    assert (refused.status_code, refused.json()["error_code"]) == (409, "ambiguous_platform")
    assert admin.get(f"{url}?platform_id={shop.platform_id}").json() == []
    assert admin.get(f"{BASE}/features/merchants/999999/overrides").status_code == 404


def test_every_decision_is_explained_by_its_parts(admin: Visitor, shop: AShop) -> None:
    an_override(shop.owner, "max_products", 300)
    rows = admin.get(f"{BASE}/features/merchants/{shop.merchant_id}/explain").json()
    told = {one["code"]: one for one in rows}
    assert len(told) == 30
    assert told["max_products"]["parts"] == [
        {"source": "tier", "detail": "essential", "value": 200},
        {"source": "override", "detail": "", "value": 300},
        {"source": "status", "detail": "full", "value": True},
    ]
    assert (told["sso"]["allowed"], told["sso"]["reason"]) == (False, "not_in_plan")


NEW = {
    "code": "starter",
    "name_i18n": {"en": "Starter", "de": "Start"},
    "rank": 1,
    "price_monthly_cents": 1900,
    "price_annual_cents": 19000,
}


def test_a_tier_is_created_changed_and_deleted(admin: Visitor, shop: AShop) -> None:
    created = admin.post(f"{BASE}/tiers", {**NEW, "platform_id": shop.platform_id})
    assert created.status_code == 201, created.text
    assert (created.json()["name"], created.json()["currency"]) == ("Starter", "EUR")
    again = admin.post(f"{BASE}/tiers", {**NEW, "platform_id": shop.platform_id})
    assert (again.status_code, again.json()["error_code"]) == (409, "tier_code_taken")
    changed = admin.patch(
        f"{BASE}/tiers/starter", {"price_monthly_cents": 2900, "price_annual_cents": None}
    )
    assert (changed.status_code, changed.json()["price_annual_cents"]) == (200, None)
    with unit_of_work(read_only=True) as work:
        prices = work.session.query(TierPrice).filter_by(tier_id=created.json()["id"])
        assert sorted((one.interval, one.amount_cents, one.is_current) for one in prices) == [
            ("month", 1900, False),
            ("month", 2900, True),
            ("year", 19000, False),
        ]
    stale = admin.delete(f"{BASE}/tiers/starter", headers={"If-Match": created.headers["etag"]})
    assert stale.status_code == 412
    assert admin.delete(f"{BASE}/tiers/starter").status_code == 204
    assert audited() == ["tier.created", "tier.updated", "tier.deleted"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"code": "No Slug"}, "/code"),
        ({"price_monthly_cents": -1}, "/price_monthly_cents"),
        ({"name_i18n": {}}, "/name_i18n"),
        ({"name_i18n": {"it": "Uno", "en": "One"}}, "/name_i18n/it"),
    ],
)
def test_a_senseless_tier_is_refused_at_its_field(
    admin: Visitor, shop: AShop, change: dict[str, Any], pointer: str
) -> None:
    answer = admin.post(f"{BASE}/tiers", {**NEW, "platform_id": shop.platform_id, **change})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert audited() == []


def test_a_tier_with_subscribers_or_a_default_one_is_not_deleted(
    admin: Visitor, shop: AShop
) -> None:
    in_use = admin.delete(f"{BASE}/tiers/essential")
    assert (in_use.status_code, in_use.json()["error_code"]) == (409, "tier_in_use")
    other = a_shop()
    shipped_tiers(other.platform_id)
    default = admin.delete(f"{BASE}/tiers/essential?platform_id={other.platform_id}")
    assert (default.status_code, default.json()["error_code"]) == (409, "tier_is_platform_choice")


def test_a_price_at_stripe_belongs_to_one_tier(admin: Visitor, shop: AShop) -> None:
    assert (
        admin.patch(f"{BASE}/tiers/essential", {"stripe_price_monthly_id": "price_1"}).status_code
        == 200
    )
    taken = admin.patch(f"{BASE}/tiers/business", {"stripe_price_monthly_id": "price_1"})
    assert (taken.status_code, taken.json()["error_code"]) == (409, "stripe_price_taken")
    dropped = admin.patch(f"{BASE}/tiers/essential", {"price_monthly_cents": 5900})
    assert dropped.json()["stripe_price_monthly_id"] is None


def test_the_list_of_tiers_costs_the_same_for_any_number(admin: Visitor, shop: AShop) -> None:
    with counted_queries() as few:
        assert admin.get(f"{BASE}/tiers").json()["total"] == 4
    for _ in range(3):
        shipped_tiers(a_shop().platform_id)
    with counted_queries() as many:
        assert admin.get(f"{BASE}/tiers").json()["total"] == 16
    assert len(many) == len(few)


def test_a_store_is_told_with_subscription_tier_and_meters(admin: Visitor, shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 150)
    answer = admin.get(f"{BASE}/store/{shop.store_id}").json()
    assert list(answer) == ["subscription", "tier", "features"]
    assert list(answer["subscription"]) == ["tier", "status", "period_start", "period_end"]
    assert answer["tier"] == {
        "code": "essential",
        "name": "Essential",
        "price_monthly_cents": 4900,
    }
    products = next(one for one in answer["features"] if one["name"] == "Products")
    assert products == {
        "name": "Products",
        "current": 150,
        "limit": 200,
        "percentage": 75.0,
        "is_unlimited": False,
        "is_at_limit": False,
        "is_approaching_limit": True,
    }


def test_a_store_without_a_plan_is_told_as_nulls(admin: Visitor) -> None:
    bare = a_shop()
    answer = admin.get(f"{BASE}/store/{bare.store_id}")
    assert answer.json() == {"subscription": None, "tier": None, "features": []}
    assert admin.get(f"{BASE}/store/999999").status_code == 404
