"""Shapes of what operators write into a merchant's subscription."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from app.kit.http.fields import MAX_ID, Prose
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.schemas.money import TierCode
from app.modules.billing.schemas.plans import CurrentPlanOut

Reason = Annotated[Prose, StringConstraints(max_length=500)]


class OperatedPlanIn(BaseModel):
    """Fields to write; those left out stay. With a tier a missing subscription is created."""

    tier_code: TierCode | None = None
    status: SubscriptionStatus | None = None
    billing_source: Literal[BillingSource.MANUAL, BillingSource.COMP] | None = None
    is_annual: bool | None = None
    period_end: AwareDatetime | None = None
    trial_ends_at: AwareDatetime | None = None
    reason: Reason | None = None


class OperatedPlanOut(CurrentPlanOut):
    """A merchant's subscription as operators see it; amounts in minor units."""

    id: int
    merchant_id: int
    platform_id: int
    unit_amount_cents: int
    discount_cents: int
    arr_cents: int
    cancelled_at: datetime | None
    cancellation_reason: str | None
    past_due_since: datetime | None
    grace_until: datetime | None
    stripe_customer_id: str | None
    stripe_subscription_id: str | None
    missing_at_stripe_at: datetime | None
    stripe_synced_at: datetime | None


class MarkPaidIn(BaseModel):
    """Until when was paid; left out, the period after the present one."""

    paid_until: AwareDatetime | None = None


class ExtendGraceIn(BaseModel):
    """Until when the merchant keeps full rights although something is overdue."""

    until: AwareDatetime


class RefundIn(BaseModel):
    """Which invoice, how much of it (left out: all that is left), and why."""

    invoice_id: Annotated[int, Field(ge=1, le=MAX_ID)]
    amount_cents: Annotated[int, Field(ge=1, le=MAX_ID)] | None = None
    reason: Reason = ""


class RefundOut(BaseModel):
    """What was given back."""

    amount_cents: int
    currency: str
