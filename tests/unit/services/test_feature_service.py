"""Features of a merchant: tier, override and usage in one summary each (D12)."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

import pytest
from sqlalchemy.orm import Session

from app.contracts.features import Reason, Window, feature_providers
from app.modules.billing.exceptions import FeatureNotFound
from app.modules.billing.services.feature_service import (
    FeatureAggregatorService,
    FeatureService,
    FeatureSummary,
)
from app.modules.billing.services.tables import tables
from app.modules.catalog.features import CatalogFeatures
from tests.factories.billing import an_override
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_is


def summary(shop: AShop, code: str) -> FeatureSummary:
    found = {one.code: one for one in FeatureAggregatorService().get_summaries(shop.owner)}
    return found[code]


def test_a_summary_has_the_eight_fields_in_their_order_and_then_extras() -> None:
    assert [one.name for one in fields(FeatureSummary)] == [
        "code",
        "name_key",
        "limit",
        "current",
        "remaining",
        "percent_used",
        "feature_type",
        "scope",
        "enabled",
        "unit",
        "category",
    ]


def test_it_adds_usage_to_the_limit_of_the_tier(shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 150)
    found = summary(shop, "max_products")
    assert (found.limit, found.current, found.remaining) == (200, 150, 50)
    assert (found.percent_used, found.feature_type, found.scope) == (75.0, "quantitative", "tier")


def test_an_override_wins_and_is_named(shop: AShop) -> None:
    counter_is(shop.owner, "max_products", 300)
    an_override(shop.owner, "max_products", 250)
    found = summary(shop, "max_products")
    assert (found.limit, found.remaining, found.scope) == (250, 0, "merchant_override")
    assert found.percent_used == 100.0


def test_unlimited_has_neither_limit_nor_rest(shop: AShop) -> None:
    an_override(shop.owner, "max_products", None)
    found = summary(shop, "max_products")
    assert (found.limit, found.remaining, found.percent_used) == (None, None, 0.0)


def test_a_switch_is_none_when_on_and_zero_when_off(shop: AShop) -> None:
    on, off = summary(shop, "basic_analytics"), summary(shop, "sso")
    assert (on.limit, on.current, on.enabled, on.percent_used) == (None, 0, True, 0.0)
    assert (off.limit, off.current, off.enabled) == (0, 0, False)


def test_every_declared_feature_has_a_summary(shop: AShop) -> None:
    assert len(FeatureAggregatorService().get_summaries(shop.owner)) == 30


def test_a_provider_that_fails_is_left_out_and_its_limit_is_closed(
    shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(
        _self: CatalogFeatures,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> None:
        raise RuntimeError(platform_id)

    monkeypatch.setattr(CatalogFeatures, "count_true_usage", fail)
    tables().forget_all()
    codes = {one.code for one in FeatureAggregatorService().get_summaries(shop.owner)}
    assert "max_products" not in codes
    assert "max_stores" in codes
    answer = FeatureService().get_answer(shop.owner, "max_products")
    assert (answer.allowed, answer.reason) == (False, Reason.USAGE_UNAVAILABLE)


def test_an_unknown_code_is_said_to_be_unknown(shop: AShop) -> None:
    with pytest.raises(FeatureNotFound):
        FeatureService().get_answer(shop.owner, "no_such")


def test_the_catalog_groups_all_features_by_category() -> None:
    catalog = FeatureService().get_catalog()
    assert sum(len(group) for group in catalog.values()) == sum(
        len(provider.declare()) for provider in feature_providers()
    )
    assert {"limits", "analytics", "support", "branding"} < set(catalog)
