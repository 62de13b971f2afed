"""What Stripe decides of a merchant's subscription, apart from the row that keeps it."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from app.modules.billing.models import BillingSource, MerchantSubscription, SubscriptionStatus

ENDED = frozenset({SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED})
IN_ARREARS = frozenset({SubscriptionStatus.PAST_DUE, SubscriptionStatus.UNPAID})
EARNING = frozenset({SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE})
OWN_SOURCES = frozenset({BillingSource.MANUAL, BillingSource.COMP})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanState:
    """The columns of a subscription that a sync writes (D19); amounts in minor units."""

    tier_id: int
    status: SubscriptionStatus
    billing_source: BillingSource
    is_annual: bool
    period_start: datetime
    period_end: datetime
    usage_anchor: datetime
    trial_ends_at: datetime | None
    cancel_at: datetime | None
    cancelled_at: datetime | None
    cancellation_reason: str | None
    pending_tier_id: int | None
    pending_is_annual: bool | None
    pending_effective_at: datetime | None
    stripe_price_id: str | None
    unit_amount_cents: int
    currency: str
    discount_cents: int
    arr_cents: int
    stripe_customer_id: str | None
    stripe_subscription_id: str | None
    stripe_schedule_id: str | None
    has_payment_method: bool
    payment_retry_count: int
    past_due_since: datetime | None
    last_payment_error: str | None
    missing_at_stripe_at: datetime | None

    @property
    def has_ended(self) -> bool:
        """Whether it is over for good."""
        return self.status in ENDED

    @property
    def is_live_at_stripe(self) -> bool:
        """Whether Stripe has it and it has not ended (D20)."""
        return self.stripe_subscription_id is not None and not self.has_ended

    @property
    def is_ours(self) -> bool:
        """Whether an operator decides on it, not Stripe."""
        return self.billing_source in OWN_SOURCES


NAMES = tuple(field.name for field in fields(PlanState))


def read_state(row: MerchantSubscription) -> PlanState:
    """Return what a row says."""
    state = PlanState(**{name: getattr(row, name) for name in NAMES})
    return replace(
        state,
        status=SubscriptionStatus(row.status),
        billing_source=BillingSource(row.billing_source),
    )


def write_state(row: MerchantSubscription, state: PlanState) -> None:
    """Put a whole state into a row."""
    for name in NAMES:
        if getattr(row, name) != getattr(state, name):
            setattr(row, name, getattr(state, name))
