"""What a store reads of its plan: exact shapes, who may, and tags that follow the content."""

from collections.abc import Callable

import pytest

from app.modules.tenancy.models import MemberRole
from tests.factories.billing import an_override
from tests.factories.tenancy import AShop, a_member, a_shop
from tests.factories.usage import counter_is
from tests.integration.browser import Visitor

BASE = "/api/v1/store/billing"


@pytest.fixture
def owner(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(shop.owner_email)


def test_a_feature_is_answered_with_the_way_out(owner: Visitor, shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 200)
    answer = owner.get(f"{BASE}/features/max_products").json()
    assert answer.pop("as_of").endswith("Z")
    assert answer == {
        "code": "max_products",
        "allowed": False,
        "reason": "limit_reached",
        "enabled": True,
        "limit": 200,
        "current": 200,
        "remaining": 0,
        "scope": "tier",
        "upgrade_to": {
            "code": "professional",
            "name": "Professional",
            "price_monthly_cents": 9900,
        },
    }
    explained = owner.get(f"{BASE}/features/max_products?explain=true").json()
    assert explained["parts"][0] == {"source": "tier", "detail": "essential", "value": 200}
    assert owner.get(f"{BASE}/features/no_such").status_code == 404


def test_the_tag_of_the_features_changes_with_them_alone(owner: Visitor, shop: AShop) -> None:
    first = owner.get(f"{BASE}/features")
    assert len(first.json()) == 30
    known = {"If-None-Match": first.headers["etag"]}
    assert owner.get(f"{BASE}/features", headers=known).status_code == 304
    an_override(shop.owner, "max_products", 300)
    assert owner.get(f"{BASE}/features", headers=known).status_code == 200


def test_the_tiers_mark_the_current_one_and_leave_out_what_is_not_public(
    owner: Visitor, shop: AShop
) -> None:
    tiers = owner.get(f"{BASE}/tiers").json()
    assert [(one["code"], one["is_current"], one["change"]) for one in tiers] == [
        ("essential", True, {"monthly": "current", "annual": "checkout"}),
        ("professional", False, {"monthly": "checkout", "annual": "checkout"}),
        ("business", False, {"monthly": "checkout", "annual": "checkout"}),
    ]


def test_a_store_without_a_plan_is_told_so(visitor: Callable[[], Visitor], shop: AShop) -> None:
    bare = a_shop(shop.platform_id)
    plan = visitor().sign_in(bare.owner_email).get(f"{BASE}/subscription").json()
    assert (plan["tier"], plan["status"], plan["access"]) == (None, "none", "restricted")


@pytest.mark.parametrize(("part", "status"), [("usage", 200), ("tiers", 403)])
def test_staff_reads_usage_and_not_plans(
    visitor: Callable[[], Visitor], shop: AShop, part: str, status: int
) -> None:
    staff = visitor().sign_in(a_member(shop, MemberRole.STAFF))
    assert staff.get(f"{BASE}/{part}").status_code == status
