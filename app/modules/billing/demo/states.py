"""Which demo merchant stands where; the shops' codes are fixed, so that addresses can be told."""

from dataclasses import dataclass

from app.modules.billing.models import BillingSource, SubscriptionStatus


@dataclass(frozen=True)
class DemoState:
    """Where a subscription stands; days count from the seeding, the past with a minus."""

    tier: str
    status: SubscriptionStatus = SubscriptionStatus.ACTIVE
    source: BillingSource = BillingSource.MANUAL
    is_annual: bool = False
    period_began: int = -12
    past_due_since: int | None = None
    ended: int | None = None
    overrides: tuple[tuple[str, int | None], ...] = ()


_EXPIRED = SubscriptionStatus.EXPIRED

# Whoever is not named has the trial that everybody begins with, and may live on in the history.
STATES = {
    "weber": DemoState("essential", overrides=(("max_stores", 2), ("max_team_members", 3))),
    "muller": DemoState("essential", is_annual=True, period_began=-100),
    "hoffmann": DemoState("essential"),
    "thill": DemoState("professional"),
    "wagner": DemoState("essential", _EXPIRED, BillingSource.TRIAL, ended=-5),
    "lambert": DemoState("essential", overrides=(("max_products", 400), ("bulk_import", None))),
    "reuter": DemoState("enterprise", source=BillingSource.COMP),
    "majerus": DemoState("business", is_annual=True, period_began=-200),
    "steffen": DemoState("business"),
    "klein": DemoState("professional", is_annual=True, period_began=-40),
}
