"""What an operator writes into a subscription that Stripe does not bill (D19)."""

from dataclasses import dataclass, field
from datetime import datetime

from app.kit.calendar import MONTHS_PER_YEAR, add_months
from app.kit.errors import InvalidInput
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.services.tier_changes import BY_OPERATOR, ENDED


@dataclass(frozen=True)
class PlanWrite:
    """The fields that were given; those left out stay as they are. Amounts follow the tier."""

    given: frozenset[str] = field(default_factory=frozenset)
    tier_code: str | None = None
    status: SubscriptionStatus | None = None
    billing_source: BillingSource | None = None
    is_annual: bool | None = None
    period_end: datetime | None = None
    trial_ends_at: datetime | None = None
    reason: str | None = None


def write_plan(
    subscription: MerchantSubscription, tier: SubscriptionTier, write: PlanWrite, *, now: datetime
) -> None:
    """Put the given fields into a subscription; whoever is made a customer of the operator begins.

    Raises InvalidInput for a period that ends before it begins, for a trial that has no end to
    come, and for the end of a trial where there is none.
    """
    subscription.tier_id = tier.id
    if write.is_annual is not None:
        subscription.is_annual = write.is_annual
    if write.billing_source is not None and write.billing_source != subscription.billing_source:
        _begin(subscription, write.billing_source, now)
    if write.status is not None:
        _set_status(subscription, write.status, now)
    if write.period_end is not None:
        if write.period_end <= subscription.period_start:
            raise InvalidInput.at("/period_end", "before_period_start")
        subscription.period_end = write.period_end
    if write.trial_ends_at is not None:
        _set_trial_end(subscription, write.trial_ends_at)
    if write.status == SubscriptionStatus.TRIAL:
        _refuse_endless_trial(subscription, now)
    price_by_tier(subscription, tier)


def price_by_tier(subscription: MerchantSubscription, tier: SubscriptionTier) -> None:
    """Take the tier's price over: nothing for a free plan, a trial, or one that has ended (D27)."""
    price = tier.price_annual_cents if subscription.is_annual else tier.price_monthly_cents
    pays = subscription.billing_source == BillingSource.MANUAL
    counts = pays and subscription.status not in ENDED
    subscription.currency = tier.currency
    subscription.unit_amount_cents = (price or 0) if pays else 0
    periods = 1 if subscription.is_annual else MONTHS_PER_YEAR
    subscription.arr_cents = subscription.unit_amount_cents * periods if counts else 0


def next_period_end(start: datetime, *, is_annual: bool) -> datetime:
    """Return when a period ends that begins at `start`."""
    return add_months(start, MONTHS_PER_YEAR if is_annual else 1)


def _begin(subscription: MerchantSubscription, source: BillingSource, now: datetime) -> None:
    was_operated = subscription.billing_source in BY_OPERATOR
    subscription.billing_source = source
    if was_operated:
        return
    subscription.status = SubscriptionStatus.ACTIVE
    subscription.trial_ends_at = subscription.cancel_at = subscription.cancelled_at = None
    subscription.period_start = now
    subscription.period_end = next_period_end(now, is_annual=subscription.is_annual)


def _set_status(
    subscription: MerchantSubscription, status: SubscriptionStatus, now: datetime
) -> None:
    subscription.status = status
    if status == SubscriptionStatus.PAST_DUE:
        subscription.past_due_since = subscription.past_due_since or now
    else:
        subscription.past_due_since = subscription.grace_until = None
    if status in ENDED:
        subscription.cancelled_at = subscription.cancelled_at or now
    else:
        subscription.cancel_at = subscription.cancelled_at = None


def _set_trial_end(subscription: MerchantSubscription, ends_at: datetime) -> None:
    if subscription.status != SubscriptionStatus.TRIAL:
        raise InvalidInput.at("/trial_ends_at", "no_trial")
    subscription.trial_ends_at = subscription.period_end = ends_at


def _refuse_endless_trial(subscription: MerchantSubscription, now: datetime) -> None:
    if subscription.trial_ends_at is None or subscription.trial_ends_at <= now:
        raise InvalidInput.at("/trial_ends_at", "trial_needs_end")
