"""What a file of tiers says; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.modules.billing.services.tier_limits import LimitEntry

COLUMNS = {
    "rank": "rank",
    "name": "name_i18n",
    "description": "description_i18n",
    "price_monthly_cents": "price_monthly_cents",
    "price_annual_cents": "price_annual_cents",
    "display_order": "display_order",
    "active": "is_active",
    "public": "is_public",
}
"""The fields of a tier in a file, and the columns that they go to."""


@dataclass(frozen=True)
class TierPlan:
    """A tier without what belongs to one installation (Stripe's ids); prices in minor units."""

    code: str
    rank: int
    name: Mapping[str, str]
    price_monthly_cents: int
    price_annual_cents: int | None = None
    description: Mapping[str, str] = field(default_factory=dict)
    display_order: int = 0
    active: bool = True
    public: bool = True
    features: Mapping[str, LimitEntry] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, object]:
        """Return what operators write, but for features, by its name in the file."""
        return {name: getattr(self, name) for name in COLUMNS}


@dataclass(frozen=True)
class PlanFile:
    """The tiers of one platform, by code."""

    platform: str
    tiers: Mapping[str, TierPlan]


def columns(fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields of a file by the columns that they go to."""
    return {COLUMNS[name]: value for name, value in fields.items()}


def is_absent(entry: LimitEntry) -> bool:
    """Whether an entry says no more than that a feature is not in the tier (D8)."""
    return not entry.enabled and entry.limit_value is None
