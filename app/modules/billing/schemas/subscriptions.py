"""Shapes of subscriptions as operators list them, and of what they add up to."""

from datetime import datetime

from pydantic import BaseModel

from app.modules.billing.schemas.platforms import PlatformBrief


class MerchantName(BaseModel):
    """A merchant in passing, and where it is reached."""

    id: int
    name: str
    contact_email: str


class TierName(BaseModel):
    """A tier in passing."""

    code: str
    name: str


class SubscriptionOut(BaseModel):
    """One row of the list; amounts in minor units of `currency`.

    `owed_cents` is open on invoices, and `next_attempt_at` when Stripe next charges for them; a
    bank-transfer customer past due owes a period. `grace_ends_at` is until when a failed payment
    leaves all rights.
    """

    id: int
    merchant: MerchantName
    platform: PlatformBrief
    tier: TierName
    status: str
    billing_source: str
    is_annual: bool
    period_start: datetime
    period_end: datetime
    trial_ends_at: datetime | None
    cancel_at: datetime | None
    past_due_since: datetime | None
    grace_ends_at: datetime | None
    payment_retry_count: int
    next_attempt_at: datetime | None
    last_payment_error: str | None
    owed_cents: int
    mrr_cents: int
    unit_amount_cents: int
    currency: str
    feature_codes: list[str]
    overrides_count: int


class TierCounts(BaseModel):
    """How many tiers there are."""

    total: int
    active: int
    public: int


class StatisticsOut(BaseModel):
    """Figures of a business (D27); amounts in minor units, rates from 0 to 1, null without basis.

    `total` and `by_status` count every subscription; `tier_distribution` those on trial, active
    or past due, every tier of the scope with 0 where nobody has it.
    """

    total: int
    by_status: dict[str, int]
    tier_distribution: dict[str, int]
    mrr_cents: int
    arr_cents: int
    currency: str
    trials: int
    trial_conversion_rate: float | None
    churn_rate_30d: float | None
    arpu_cents: int
    ltv_cents: int | None
    tiers: TierCounts
