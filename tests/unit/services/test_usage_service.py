"""Meters: the requirement's examples exactly, and where a meter is left out (D13)."""

import pytest

from app.modules.billing.services.feature_summary import THRESHOLDS, UsageMetric, meter
from app.modules.billing.services.usage_service import UsageService
from tests.factories.billing import a_tier_limit, an_override
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_is


def metrics(shop: AShop) -> dict[str, UsageMetric]:
    return {one.name: one for one in UsageService().get_metrics(shop.owner)}


@pytest.mark.parametrize(
    ("current", "limit", "percentage", "unlimited", "at_limit", "approaching"),
    [
        (150, 200, 75.0, False, False, True),
        (320, 500, 64.0, False, False, False),
        (150, None, 0, True, False, False),
        (300, 200, 150.0, False, True, False),
        (200, 200, 100.0, False, True, False),
        (0, 0, 100.0, False, True, False),
        (7, 0, 100.0, False, True, False),
        (70, 100, 70.0, False, False, True),
        (699, 1000, 69.9, False, False, False),
    ],
)
def test_a_meter_tells_what_is_used_and_what_that_means(
    *,
    current: int,
    limit: int | None,
    percentage: float,
    unlimited: bool,
    at_limit: bool,
    approaching: bool,
) -> None:
    assert meter("Products", current=current, limit=limit).as_dict() == {
        "name": "Products",
        "current": current,
        "limit": limit,
        "percentage": percentage,
        "is_unlimited": unlimited,
        "is_at_limit": at_limit,
        "is_approaching_limit": approaching,
    }


def test_the_thresholds_are_one_list() -> None:
    assert THRESHOLDS == (70.0, 90.0, 100.0)


def test_a_merchant_is_metered_from_its_counters(shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 150)
    assert metrics(shop)["Products"] == UsageMetric("Products", 150, 200, 75.0, False, False, True)


def test_an_override_changes_the_meter_at_once(shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 150)
    an_override(shop.owner, "max_products", None)
    assert metrics(shop)["Products"] == UsageMetric("Products", 150, None, 0.0, True, False, False)


def test_what_is_limited_to_none_and_unused_has_no_meter(shop: AShop) -> None:
    a_tier_limit(shop.platform_id, "essential", "max_products", 0)
    assert "Products" not in metrics(shop)
    counter_is(shop.owner, "max_products", 1)
    assert metrics(shop)["Products"].percentage == 100.0


def test_limits_of_single_items_and_switches_have_no_meter(shop: AShop) -> None:
    assert list(metrics(shop)) == [
        "Team Members",
        "Stores",
        "Storage (MB)",
        "Products",
        "Orders per Month",
    ]
