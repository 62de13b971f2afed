"""The declared features are those of D6, and the shipped tiers hold what D7 says."""

from app.bootstrap import MODULES
from app.contracts.features import FeatureType
from app.modules.billing.shipped.catalogue import BINARY, QUANTITATIVE, TIERS, limits_of

DECLARED = {
    one.code: one for module in MODULES if module.features for one in module.features.declare()
}
CATEGORIES = {
    "limits": {
        "max_products", "max_orders_per_month", "max_team_members", "max_stores",
        "max_storage_mb", "max_images_per_product", "max_email_addresses",
        "max_api_requests_per_day",
    },
    "analytics": {
        "basic_analytics", "analytics_dashboard", "advanced_analytics", "revenue_forecast",
    },
    "support": {"basic_support", "priority_support", "dedicated_manager"},
    "catalog": {"bulk_import", "product_variants", "scheduled_publishing"},
    "orders": {"order_export", "invoice_pdf", "automation_rules"},
    "media": {"webp_variants", "media_library", "video_upload"},
    "integrations": {"api_access", "webhooks_out", "erp_connector"},
    "branding": {"custom_domain", "white_label", "sso"},
}  # fmt: skip


def test_thirty_features_are_declared_in_their_categories() -> None:
    by_category: dict[str, set[str]] = {}
    for one in DECLARED.values():
        by_category.setdefault(one.category, set()).add(one.code)
    assert by_category == CATEGORIES
    assert len(DECLARED) == 30


def test_numbers_are_limits_and_everything_else_is_a_switch() -> None:
    numbers = {
        code for code, one in DECLARED.items() if one.feature_type is FeatureType.QUANTITATIVE
    }
    assert numbers == CATEGORIES["limits"] == set(QUANTITATIVE)
    assert set(BINARY) == set(DECLARED) - numbers


def test_a_tier_has_what_those_below_it_have() -> None:
    held = [set(limits_of(tier)) for tier in TIERS]
    assert [len(one) for one in held] == [12, 19, 27, 30]
    assert held[0] < held[1] < held[2] < held[3]


def test_the_shipped_limits_and_prices_are_those_of_the_price_list() -> None:
    assert [(one.price_monthly_cents, one.price_annual_cents) for one in TIERS] == [
        (4900, 49000),
        (9900, 99000),
        (19900, 199000),
        (39900, 399000),
    ]
    essential = limits_of(TIERS[0])
    assert {code: value for code, value in essential.items() if code in QUANTITATIVE} == {
        "max_products": 200,
        "max_orders_per_month": 100,
        "max_team_members": 1,
        "max_stores": 1,
        "max_storage_mb": 1000,
        "max_images_per_product": 3,
    }
