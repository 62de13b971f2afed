"""Answers that tell of features and tiers."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response

from app.kit.i18n import translate
from app.modules.billing.models import SubscriptionTier, TierFeatureLimit
from app.modules.billing.schemas.features import FeatureSummaryOut, PartOut, UsageMetricOut
from app.modules.billing.schemas.tiers import FeatureLimitOut, PublicTierOut, codes_of
from app.modules.billing.services.feature_summary import FeatureSummary, UsageMetric
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.limits import Part
from app.modules.billing.services.offers import localized


def summary_out(summary: FeatureSummary) -> FeatureSummaryOut:
    """Return the answer for a summary, named in the reader's language."""
    return FeatureSummaryOut(**asdict(summary), name=translate(summary.name_key))


def metric_out(metric: UsageMetric) -> UsageMetricOut:
    """Return the answer for a meter."""
    return UsageMetricOut(**asdict(metric))


def part_out(part: Part) -> PartOut:
    """Return the answer for an ingredient of a decision."""
    return PartOut(source=part.source, detail=part.detail, value=part.value)


def tier_out(tier: SubscriptionTier, limits: Sequence[TierFeatureLimit]) -> PublicTierOut:
    """Return the answer for a tier that can be chosen."""
    return PublicTierOut(
        code=tier.code,
        name=localized(tier.name_i18n, tier.code),
        description=localized(tier.description_i18n, ""),
        price_monthly_cents=tier.price_monthly_cents,
        price_annual_cents=tier.price_annual_cents,
        currency=tier.currency,
        feature_codes=codes_of(limits),
        feature_limits=[_limit_out(row) for row in limits],
    )


def tagged(request: Request, body: bytes) -> Response:
    """Answer JSON with an entity tag of its content, or 304 where the reader has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = [one.strip().removeprefix("W/") for one in _tags(request)]
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _tags(request: Request) -> list[str]:
    return request.headers.get("if-none-match", "").split(",")


def _limit_out(row: TierFeatureLimit) -> FeatureLimitOut:
    declaration = registry().get(row.feature_code)
    return FeatureLimitOut(
        feature_code=row.feature_code,
        name=translate(declaration.name_key),
        feature_type=declaration.feature_type,
        limit_value=row.limit_value,
    )
