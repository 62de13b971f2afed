"""Shapes of features and usage."""

from datetime import datetime

from pydantic import BaseModel

from app.contracts.features import FeatureAnswer, FeatureDeclaration, UpgradeOffer
from app.kit.i18n import translate


class FeatureSummaryOut(BaseModel):
    """What a merchant has of a feature (D12)."""

    code: str
    name_key: str
    limit: int | None
    current: int
    remaining: int | None
    percent_used: float
    feature_type: str
    scope: str
    enabled: bool
    unit: str | None
    category: str
    name: str


class UsageMetricOut(BaseModel):
    """A meter (D13)."""

    name: str
    current: int
    limit: int | None
    percentage: float
    is_unlimited: bool
    is_at_limit: bool
    is_approaching_limit: bool


class UpgradeOut(BaseModel):
    """The cheapest public tier that would allow it (D17)."""

    code: str
    name: str
    price_monthly_cents: int

    @classmethod
    def of(cls, offer: UpgradeOffer) -> "UpgradeOut":
        """Return the answer for an offer."""
        return cls(code=offer.code, name=offer.name, price_monthly_cents=offer.price_monthly_cents)


class PartOut(BaseModel):
    """One ingredient of a decision (D41)."""

    source: str
    detail: str
    value: int | bool | None


class FeatureAnswerOut(BaseModel):
    """Whether one more unit, or the feature, is allowed, as of an instant (D18)."""

    code: str
    allowed: bool
    reason: str
    enabled: bool
    limit: int | None
    current: int
    remaining: int | None
    scope: str
    upgrade_to: UpgradeOut | None
    as_of: datetime
    parts: list[PartOut] | None = None

    @classmethod
    def of(
        cls,
        answer: FeatureAnswer,
        *,
        offer: UpgradeOffer | None,
        as_of: datetime,
        parts: list[PartOut] | None,
    ) -> "FeatureAnswerOut":
        """Return the answer for a feature; without `parts` the answer does not name them."""
        explained = {} if parts is None else {"parts": parts}
        return cls(
            code=answer.code,
            allowed=answer.allowed,
            reason=answer.reason,
            enabled=answer.enabled,
            limit=answer.limit,
            current=answer.current,
            remaining=answer.remaining,
            scope=answer.scope,
            upgrade_to=None if offer is None else UpgradeOut.of(offer),
            as_of=as_of,
            **explained,
        )


class ExplanationOut(BaseModel):
    """A decision with everything that led to it (D41)."""

    code: str
    name: str
    allowed: bool
    reason: str
    limit: int | None
    current: int
    parts: list[PartOut]


class CatalogEntryOut(BaseModel):
    """A declared feature in the catalog of operators."""

    code: str
    name: str
    feature_type: str
    category: str
    description: str
    unit: str | None
    reset: str
    enforcement: str

    @classmethod
    def of(cls, one: FeatureDeclaration) -> "CatalogEntryOut":
        """Return the entry of a declaration in the reader's language."""
        return cls(
            code=one.code,
            name=translate(one.name_key),
            feature_type=one.feature_type,
            category=one.category,
            description=translate(one.description_key),
            unit=one.unit,
            reset=one.reset,
            enforcement=one.enforcement,
        )


class CatalogOut(BaseModel):
    """Every declared feature by category."""

    features: dict[str, list[CatalogEntryOut]]
