"""Scenarios through the API, on every database (D32, D34)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.modules.billing.models import CapacitySnapshot, SubscriptionStatus
from tests.factories.billing import a_subscription, an_override, shipped_tiers
from tests.factories.capacity import a_snapshot
from tests.factories.tenancy import AShop, a_platform_admin, a_shop, a_super_admin
from tests.integration.browser import Visitor

BASE = "/api/v1/admin/platform-health"
MOVE = {"from_tier": "essential", "to_tier": "professional", "percent": 50}


@pytest.fixture
def shop(database: Database) -> AShop:
    """Four live subscriptions of Essential: one in trial, and one with an exception."""
    shop = a_shop()
    shipped_tiers(shop.platform_id)
    a_subscription(shop.owner, "essential")
    a_subscription(a_shop(shop.platform_id).owner, "essential", status=SubscriptionStatus.TRIAL)
    a_subscription(a_shop(shop.platform_id).owner, "essential")
    special = a_shop(shop.platform_id).owner
    a_subscription(special, "essential")
    an_override(special, "max_orders_per_month", 1_000)
    return shop


@pytest.fixture
def admin(visitor: Callable[[], Visitor], shop: AShop) -> Visitor:
    return visitor().sign_in(a_super_admin())


def asked(admin: Visitor, **scenario: Any) -> dict[str, Any]:
    answer = admin.post(f"{BASE}/what-if", json=scenario)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_move_tells_limits_and_revenue(admin: Visitor) -> None:
    found = asked(admin, move=MOVE)
    assert found["products"] == {
        "before": {"limit": 800, "unlimited": 0},
        "after": {"limit": 400, "unlimited": 2},
    }
    # Half of the three without an exception are two: half to even.
    assert found["orders_monthly"]["before"] == {"limit": 1_300, "unlimited": 0}
    assert found["orders_monthly"]["after"] == {"limit": 1_300 + 2 * 400, "unlimited": 0}
    # Two of the three who pay: 49.00 becomes 99.00.
    assert found["mrr_cents"] == {"before": 3 * 4_900, "after": 4_900 + 2 * 9_900}
    assert found["next_step"] == {
        "size": None,
        "on": {"before": None, "after": None},
        "insufficient_data": True,
    }


def test_a_limit_and_growth_are_told_without_writing(admin: Visitor) -> None:
    found = asked(
        admin,
        limit={"tier": "essential", "feature": "max_products", "value": 500},
        growth={"tier": "essential", "per_month": 30, "months": 2},
    )
    assert found["products"]["after"] == {"limit": 64 * 500, "unlimited": 0}
    assert found["mrr_cents"]["after"] == 63 * 4_900
    assert asked(admin)["products"]["after"] == {"limit": 800, "unlimited": 0}
    with unit_of_work(read_only=True) as work:
        assert work.session.scalars(select(CapacitySnapshot)).all() == []


def test_growth_brings_the_next_step_forward(admin: Visitor) -> None:
    today = business_now().date()
    for n in range(40):
        a_snapshot(today - timedelta(days=39 - n), active_clients=1 + n)
    step = asked(admin, growth={"tier": "essential", "per_month": 60})["next_step"]
    trend = admin.get(f"{BASE}/trends").json()["metrics"]["active_clients"]
    assert (step["size"]["clients"], step["size"]["database"]) == ("50-100", "PostgreSQL")
    assert step["on"]["before"] == trend["limit_reached_on"]
    assert date.fromisoformat(step["on"]["before"]) == today + timedelta(days=10)
    assert date.fromisoformat(step["on"]["after"]) == today + timedelta(days=4)


@pytest.mark.parametrize(
    ("scenario", "status", "code"),
    [
        ({"move": {**MOVE, "to_tier": "golden"}}, 404, "tier_not_found"),
        ({"growth": {"tier": "golden", "per_month": 30}}, 404, "tier_not_found"),
        ({"move": {**MOVE, "percent": 0}}, 422, "invalid_input"),
        ({"move": {**MOVE, "percent": 101}}, 422, "invalid_input"),
        ({"move": {**MOVE, "to_tier": "essential"}}, 422, "invalid_input"),
        (
            {"limit": {"tier": "essential", "feature": "max_stores", "value": 5}},
            422,
            "invalid_input",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    admin: Visitor, scenario: dict[str, Any], status: int, code: str
) -> None:
    answer = admin.post(f"{BASE}/what-if", json=scenario)
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)


def test_a_tier_of_several_platforms_needs_its_platform(admin: Visitor, shop: AShop) -> None:
    other = a_shop()
    shipped_tiers(other.platform_id)
    answer = admin.post(f"{BASE}/what-if", json={"move": MOVE})
    assert (answer.status_code, answer.json()["error_code"]) == (409, "ambiguous_tier_code")
    one = admin.post(f"{BASE}/what-if?platform_id={shop.platform_id}", json={"move": MOVE})
    assert one.json()["products"]["before"] == {"limit": 800, "unlimited": 0}


def test_a_platform_admin_supposes_for_the_own_platforms_alone(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    other = a_shop()
    shipped_tiers(other.platform_id)
    local = visitor().sign_in(a_platform_admin(other.platform_id))
    assert asked(local, move=MOVE)["mrr_cents"] == {"before": 0, "after": 0}
    foreign = local.post(f"{BASE}/what-if?platform_id={shop.platform_id}", json={"move": MOVE})
    assert foreign.json()["error_code"] == "tier_not_found"
