"""Writes tiers as YAML that people like to read and `read.py` reads back the same; pure."""

from typing import Any

import yaml

from app.contracts.features import FeatureType
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.plans_as_code.document import PlanFile, TierPlan
from app.modules.billing.services.tier_limits import LimitEntry

UNLIMITED = "unlimited"
LINE_WIDTH = 100


def write_plans(plans: PlanFile) -> str:
    """Return the file's text."""
    document = {
        "platform": plans.platform,
        "tiers": {tier.code: _tier(tier) for tier in plans.tiers.values()},
    }
    return str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=LINE_WIDTH))


def said(entry: LimitEntry) -> str:
    """Return one feature of a tier in a word or two."""
    if not entry.enabled:
        return "off" if entry.limit_value is None else f"off (limit {entry.limit_value})"
    written = _feature(entry)
    return "on" if written is True else str(written)


def _tier(tier: TierPlan) -> dict[str, Any]:
    return {
        "rank": tier.rank,
        "name": dict(tier.name),
        "description": dict(tier.description),
        "price_monthly_cents": tier.price_monthly_cents,
        "price_annual_cents": tier.price_annual_cents,
        "display_order": tier.display_order,
        "active": tier.active,
        "public": tier.public,
        "features": {code: _feature(entry) for code, entry in tier.features.items()},
    }


def _feature(entry: LimitEntry) -> Any:
    if not entry.enabled:
        return {"limit": entry.limit_value, "enabled": False}
    if registry().get(entry.feature_code).feature_type is FeatureType.BINARY:
        return True
    return UNLIMITED if entry.limit_value is None else entry.limit_value
