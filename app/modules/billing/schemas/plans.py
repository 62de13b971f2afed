"""Shapes of subscriptions."""

from datetime import datetime

from pydantic import BaseModel

from app.modules.billing.schemas.features import UsageMetricOut


class PlanTierOut(BaseModel):
    """The tier that is subscribed to; prices in minor units of `currency`."""

    code: str
    name: str
    price_monthly_cents: int
    price_annual_cents: int | None
    currency: str


class PendingChangeOut(BaseModel):
    """A change that was scheduled (D21)."""

    tier_code: str
    is_annual: bool
    effective_at: datetime | None


class CurrentPlanOut(BaseModel):
    """The plan of a store's merchant; `status` is `none` without one."""

    tier: PlanTierOut | None
    status: str
    access: str
    billing_source: str | None
    is_annual: bool
    is_trial: bool
    trial_ends_at: datetime | None
    period_start: datetime | None
    period_end: datetime | None
    next_billing_at: datetime | None
    cancel_at: datetime | None
    pending_change: PendingChangeOut | None
    has_payment_method: bool
    payment_retry_count: int
    last_payment_error: str | None
    payments_configured: bool


class StoreSubscriptionOut(BaseModel):
    """The subscription that a store lives on."""

    tier: str
    status: str
    period_start: datetime
    period_end: datetime


class StoreTierOut(BaseModel):
    """Its tier; the price in minor units a month."""

    code: str
    name: str
    price_monthly_cents: int


class StorePlanOut(BaseModel):
    """Subscription, tier and meters of a store in one answer."""

    subscription: StoreSubscriptionOut | None
    tier: StoreTierOut | None
    features: list[UsageMetricOut]
