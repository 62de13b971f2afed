"""How a platform sells, in the hands of operators: what they choose holds at once."""

from typing import Any

import pytest
from sqlalchemy import update

from app.contracts.features import Access, gate
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import SubscriptionStatus, SubscriptionTier
from app.modules.billing.services.start_trial import start_trial
from app.modules.core.models import AuditEntry
from tests.factories.billing import a_subscription, shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_shop
from tests.integration.browser import Visitor

BASE = "/api/v1/admin/subscriptions"
AS_SHIPPED = {
    "default_tier_code": "essential",
    "free_tier_code": None,
    "inbound_after_expiry": "accept",
    "luxembourgish_as": "fr",
    "version": 1,
}


@pytest.fixture
def shop(database: Database) -> AShop:
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    return shop


def rules(shop: AShop) -> str:
    return f"{BASE}/platforms/{shop.platform_id}/rules"


def read(admin: Visitor, shop: AShop) -> dict[str, Any]:
    """The rules without their platform."""
    told = dict(admin.get(rules(shop)).json())
    assert told.pop("platform")["id"] == shop.platform_id
    return told


def trial_tier(shop: AShop) -> str | None:
    """The tier of a merchant that begins now."""
    with unit_of_work() as work:
        found = start_trial(work, shop.owner, tier_code=None)
        return None if found is None else work.session.get_one(SubscriptionTier, found.tier_id).code


def audited() -> list[tuple[str, Any, Any]]:
    with unit_of_work(read_only=True) as work:
        return [(one.action, one.before, one.after) for one in work.session.query(AuditEntry)]


def test_they_are_told_as_they_were_shipped(admin: Visitor, shop: AShop) -> None:
    assert read(admin, shop) == AS_SHIPPED


def test_new_merchants_begin_with_the_chosen_tier(admin: Visitor, shop: AShop) -> None:
    changed = admin.patch(rules(shop), {"default_tier_code": "business"})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"v2"')
    assert trial_tier(shop) == "business"
    assert audited() == [
        (
            "sales_rules.updated",
            {"default_tier_code": "essential"},
            {"default_tier_code": "business"},
        )
    ]


def test_new_merchants_begin_without_a_plan_where_no_tier_is_chosen(
    admin: Visitor, shop: AShop
) -> None:
    assert admin.patch(rules(shop), {"default_tier_code": None}).status_code == 200
    assert trial_tier(shop) is None


def test_the_free_tier_stands_in_at_once_for_a_plan_that_has_ended(
    admin: Visitor, shop: AShop
) -> None:
    a_subscription(shop.owner, "business", status=SubscriptionStatus.CANCELLED)
    assert not gate().check(shop.owner, "max_products").allowed
    admin.patch(rules(shop), {"free_tier_code": "essential"})
    answer = gate().check(shop.owner, "max_products")
    assert (answer.allowed, answer.limit) == (True, 200)
    assert gate().access(shop.owner) is Access.RESTRICTED
    admin.patch(rules(shop), {"free_tier_code": None})
    assert not gate().check(shop.owner, "max_products").allowed


def test_a_tier_that_is_chosen_can_be_deleted_once_another_one_is(
    admin: Visitor, shop: AShop
) -> None:
    kept = admin.delete(f"{BASE}/tiers/essential")
    assert (kept.status_code, kept.json()["error_code"]) == (409, "tier_is_platform_choice")
    admin.patch(rules(shop), {"default_tier_code": "professional"})
    assert admin.delete(f"{BASE}/tiers/essential").status_code == 204
    assert read(admin, shop)["default_tier_code"] == "professional"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"default_tier_code": "unknown"}, "/default_tier_code"),
        ({"free_tier_code": "business"}, "/free_tier_code"),
        ({"free_tier_code": ""}, "/free_tier_code"),
        ({"inbound_after_expiry": "sometimes"}, "/inbound_after_expiry"),
        ({"luxembourgish_as": "lb"}, "/luxembourgish_as"),
        ({"version": 7}, "/version"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_changes(
    admin: Visitor, shop: AShop, change: dict[str, Any], pointer: str
) -> None:
    with unit_of_work() as work:  # no longer sold here, but on another platform
        work.session.execute(
            update(SubscriptionTier)
            .where(SubscriptionTier.platform_id == shop.platform_id)
            .where(SubscriptionTier.code == "business")
            .values(is_active=False)
        )
    shipped_tiers(a_platform())
    refused = admin.patch(rules(shop), {"luxembourgish_as": "de", **change})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
    assert read(admin, shop) == AS_SHIPPED
    assert audited() == []


def test_a_tier_that_is_no_longer_sold_stays_chosen(admin: Visitor, shop: AShop) -> None:
    admin.patch(f"{BASE}/tiers/essential", {"is_active": False})
    kept = admin.patch(rules(shop), {"default_tier_code": "essential", "luxembourgish_as": "de"})
    assert kept.status_code == 200
    assert (kept.json()["default_tier_code"], kept.json()["luxembourgish_as"]) == (
        "essential",
        "de",
    )


def test_the_second_of_two_operators_hears_of_the_first(admin: Visitor, shop: AShop) -> None:
    seen = admin.get(rules(shop)).headers["etag"]
    admin.patch(rules(shop), {"luxembourgish_as": "de"}, headers={"If-Match": seen})
    late = admin.patch(rules(shop), {"free_tier_code": "essential"}, headers={"If-Match": seen})
    assert (late.status_code, late.json()["error_code"]) == (412, "edited_meanwhile")
    assert read(admin, shop)["free_tier_code"] is None


def test_saving_what_is_there_already_changes_nothing(admin: Visitor, shop: AShop) -> None:
    same = admin.patch(rules(shop), {"default_tier_code": "essential"})
    assert (same.status_code, same.json()["version"]) == (200, 1)
    assert audited() == []
