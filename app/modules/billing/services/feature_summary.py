"""A feature as summaries and meters show it (D12, D13); pure."""

from dataclasses import asdict, dataclass

from app.contracts.features import FeatureDeclaration, FeatureType, Per
from app.modules.billing.services.limits import Limit

NOTICE_AT, WARNING_AT, FULL_AT = 70.0, 90.0, 100.0
THRESHOLDS = (NOTICE_AT, WARNING_AT, FULL_AT)


@dataclass(frozen=True)
class FeatureSummary:
    """What a merchant has of a feature; `limit` None is unlimited, `percent_used` 0.0 to 100.0."""

    code: str
    name_key: str
    limit: int | None
    current: int
    remaining: int | None
    percent_used: float
    feature_type: str
    scope: str
    enabled: bool = True
    unit: str | None = None
    category: str = ""


@dataclass(frozen=True)
class UsageMetric:
    """A meter; `percentage` may pass 100.0, and is 0 when unlimited."""

    name: str
    current: int
    limit: int | None
    percentage: float
    is_unlimited: bool
    is_at_limit: bool
    is_approaching_limit: bool

    def as_dict(self) -> dict[str, str | int | float | bool | None]:
        """Return the seven values by name."""
        return asdict(self)


def summarize(
    declaration: FeatureDeclaration, limit: Limit, *, current: int, enabled: bool
) -> FeatureSummary:
    """Return the summary of a feature (D12). A binary one has no number: None if enabled else 0."""
    if declaration.feature_type is FeatureType.BINARY:
        value, used, left, percent = (None if enabled else 0), 0, None if enabled else 0, 0.0
    else:
        value, used = limit.value, current
        left = None if value is None else max(0, value - used)
        percent = min(FULL_AT, percentage(used, value))
    return FeatureSummary(
        code=declaration.code,
        name_key=declaration.name_key,
        limit=value,
        current=used,
        remaining=left,
        percent_used=percent,
        feature_type=declaration.feature_type,
        scope=limit.scope,
        enabled=enabled,
        unit=declaration.unit,
        category=declaration.category,
    )


def meter(name: str, *, current: int, limit: int | None) -> UsageMetric:
    """Return the meter of a quantitative feature (D13)."""
    percent = percentage(current, limit)
    at_limit = limit is not None and current >= limit
    return UsageMetric(
        name=name,
        current=current,
        limit=limit,
        percentage=percent,
        is_unlimited=limit is None,
        is_at_limit=at_limit,
        is_approaching_limit=not at_limit and percent >= NOTICE_AT,
    )


def has_meter(declaration: FeatureDeclaration, limit: Limit, current: int) -> bool:
    """Whether a meter says anything: counted per merchant, and in the plan or in use (D13)."""
    if declaration.feature_type is not FeatureType.QUANTITATIVE or declaration.per is Per.ITEM:
        return False
    present = limit.enabled or limit.scope != "tier" or current > 0
    return present and not (limit.value == 0 and current == 0)


def percentage(current: int, limit: int | None) -> float:
    """Return the share used, one decimal, not clamped; a limit of 0 is used up, none is 0.0."""
    if limit is None:
        return 0.0
    return FULL_AT if limit == 0 else round(current * 100 / limit, 1)
