"""What the status of a subscription leaves open, and until when that holds (D11); pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.contracts.features import Access
from app.modules.billing.models import BillingSource, SubscriptionStatus


@dataclass(frozen=True, slots=True)
class SubscriptionState:
    """The columns of a subscription that access depends on."""

    status: SubscriptionStatus
    billing_source: BillingSource
    is_at_stripe: bool = False
    trial_ends_at: datetime | None = None
    cancel_at: datetime | None = None
    past_due_since: datetime | None = None
    grace_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AccessSpan:
    """Access now, and the instant at which our own clock alone will change it (None: never)."""

    access: Access
    until: datetime | None = None


def access_at(state: SubscriptionState | None, now: datetime, *, grace: timedelta) -> AccessSpan:
    """Return the access that a subscription gives at `now`; without one it is restricted.

    The own clock decides for local trials, ends of manual and complimentary subscriptions and the
    end of grace; every other status changes by what Stripe says alone (D11).
    """
    if state is None:
        return AccessSpan(Access.RESTRICTED)
    if state.status is SubscriptionStatus.PAST_DUE:
        return _until(end_of_grace(state, grace), now, Access.GRACE)
    if state.status is SubscriptionStatus.TRIAL and not state.is_at_stripe:
        return _until(state.trial_ends_at, now, Access.FULL)
    if state.status in {SubscriptionStatus.TRIAL, SubscriptionStatus.ACTIVE}:
        return _until(None if state.is_at_stripe else state.cancel_at, now, Access.FULL)
    return AccessSpan(Access.RESTRICTED)


def end_of_grace(state: SubscriptionState, grace: timedelta) -> datetime | None:
    """Return until when a failed payment leaves all rights; None where none failed (D11)."""
    ends = [state.past_due_since and state.past_due_since + grace, state.grace_until]
    return max((end for end in ends if end is not None), default=None)


def _until(end: datetime | None, now: datetime, access: Access) -> AccessSpan:
    if end is None:
        return AccessSpan(access)
    return AccessSpan(access, end) if now < end else AccessSpan(Access.RESTRICTED)
