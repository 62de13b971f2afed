"""What a file of tiers says; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.modules.billing.services.tier_limits import LimitEntry


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
        """Return the columns that operators write."""
        return {
            "rank": self.rank,
            "name_i18n": dict(self.name),
            "description_i18n": dict(self.description),
            "price_monthly_cents": self.price_monthly_cents,
            "price_annual_cents": self.price_annual_cents,
            "display_order": self.display_order,
            "is_active": self.active,
            "is_public": self.public,
        }


@dataclass(frozen=True)
class PlanFile:
    """The tiers of one platform, by code."""

    platform: str
    tiers: Mapping[str, TierPlan]


def is_absent(entry: LimitEntry) -> bool:
    """Whether an entry says no more than that a feature is not in the tier (D8)."""
    return not entry.enabled and entry.limit_value is None
