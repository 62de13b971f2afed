"""Local trials that are over without a payment method (D11, D40)."""

from collections.abc import Sequence

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.lifecycle.end import Ending, end_by_calendar
from app.modules.billing.services.notices import Notice

JOB = "billing.check_trial_expirations"


def end_trials(work: UnitOfWork, *, after: int, limit: int) -> Sequence[MerchantSubscription]:
    """Expire the next of them by id; access ended at the very instant already. Returns which.

    Those that Stripe bills wait for Stripe. One that its owner had cancelled is cancelled.
    """
    over = lifecycle_rows.lock_trials_over(
        work.session, after=after, at=business_now(), limit=limit
    )
    end_by_calendar(work, [_ending(one) for one in over], job=JOB)
    return over


def _ending(subscription: MerchantSubscription) -> Ending:
    assert subscription.trial_ends_at is not None
    was_cancelled = subscription.cancel_at is not None
    return Ending(
        subscription,
        SubscriptionStatus.CANCELLED if was_cancelled else SubscriptionStatus.EXPIRED,
        at=subscription.trial_ends_at,
        notice=Notice.SUBSCRIPTION_ENDED if was_cancelled else Notice.TRIAL_ENDED,
    )
