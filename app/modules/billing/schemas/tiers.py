"""Shapes of tiers."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from app.kit.http.fields import Line, Prose
from app.modules.billing.models import SubscriptionTier, TierFeatureLimit
from app.modules.billing.schemas.platforms import PlatformBrief

Texts = dict[str, Line]
Descriptions = dict[str, Prose]


class TierPatch(BaseModel):
    """What may change of a tier; prices in minor units, null clears an optional one."""

    model_config = ConfigDict(extra="forbid")

    name_i18n: Texts = Field(default_factory=dict)
    description_i18n: Descriptions = Field(default_factory=dict)
    rank: StrictInt = 0
    price_monthly_cents: StrictInt = 0
    price_annual_cents: StrictInt | None = None
    stripe_product_id: Line | None = Field(default=None, max_length=255)
    stripe_price_monthly_id: Line | None = Field(default=None, max_length=255)
    stripe_price_annual_id: Line | None = Field(default=None, max_length=255)
    display_order: StrictInt = 0
    is_active: bool = True
    is_public: bool = True


class TierIn(TierPatch):
    """A new tier of a platform; the code stays for good."""

    platform_id: int
    code: Line = Field(max_length=80)
    name_i18n: Texts
    rank: StrictInt
    price_monthly_cents: StrictInt


class TierOut(BaseModel):
    """A tier as operators see it; `feature_codes` are those of its enabled rows (D25)."""

    id: int
    platform: PlatformBrief
    code: str
    rank: int
    name: str
    name_i18n: dict[str, str]
    description_i18n: dict[str, str]
    price_monthly_cents: int
    price_annual_cents: int | None
    currency: str
    stripe_product_id: str | None
    stripe_price_monthly_id: str | None
    stripe_price_annual_id: str | None
    display_order: int
    is_active: bool
    is_public: bool
    shipped: bool
    feature_codes: list[str]
    subscribers: int
    version: int
    created_at: datetime

    @classmethod
    def of(
        cls,
        tier: SubscriptionTier,
        *,
        name: str,
        platform: PlatformBrief,
        feature_codes: list[str],
        subscribers: int,
    ) -> "TierOut":
        """Return the answer for a tier."""
        return cls(
            id=tier.id,
            platform=platform,
            code=tier.code,
            rank=tier.rank,
            name=name,
            name_i18n=tier.name_i18n,
            description_i18n=tier.description_i18n,
            price_monthly_cents=tier.price_monthly_cents,
            price_annual_cents=tier.price_annual_cents,
            currency=tier.currency,
            stripe_product_id=tier.stripe_product_id,
            stripe_price_monthly_id=tier.stripe_price_monthly_id,
            stripe_price_annual_id=tier.stripe_price_annual_id,
            display_order=tier.display_order,
            is_active=tier.is_active,
            is_public=tier.is_public,
            shipped=tier.shipped,
            feature_codes=feature_codes,
            subscribers=subscribers,
            version=tier.version,
            created_at=tier.created_at,
        )


class FeatureLimitOut(BaseModel):
    """What a tier holds of a feature; null is unlimited (D8)."""

    feature_code: str
    name: str
    feature_type: str
    limit_value: int | None


class PublicTierOut(BaseModel):
    """A tier as those who choose see it; prices in minor units of `currency`."""

    code: str
    name: str
    description: str
    price_monthly_cents: int
    price_annual_cents: int | None
    currency: str
    feature_codes: list[str]
    feature_limits: list[FeatureLimitOut]


class ChangeOut(BaseModel):
    """What choosing means: current, upgrade, downgrade, checkout or unavailable (D21)."""

    monthly: str
    annual: str


class OfferedTierOut(PublicTierOut):
    """A tier on the billing page of a store."""

    is_current: bool
    change: ChangeOut


def codes_of(rows: Sequence[TierFeatureLimit]) -> list[str]:
    """Return the feature codes of some rows."""
    return [row.feature_code for row in rows]
