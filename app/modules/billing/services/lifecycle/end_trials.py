"""Local trials that are over without a payment method (D11, D40)."""

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.lifecycle.end import end_by_calendar
from app.modules.billing.services.notices import Notice

JOB = "billing.check_trial_expirations"


def end_trials(work: UnitOfWork, *, limit: int) -> int:
    """Expire at most `limit` of them; access ended at the very instant already. How many it were.

    Those that Stripe bills wait for Stripe. One that its owner had cancelled is cancelled.
    """
    over = lifecycle_rows.lock_trials_over(work.session, at=business_now(), limit=limit)
    for subscription in over:
        _end(work, subscription)
    return len(over)


def _end(work: UnitOfWork, subscription: MerchantSubscription) -> None:
    assert subscription.trial_ends_at is not None
    was_cancelled = subscription.cancel_at is not None
    end_by_calendar(
        work,
        subscription,
        SubscriptionStatus.CANCELLED if was_cancelled else SubscriptionStatus.EXPIRED,
        at=subscription.trial_ends_at,
        notice=Notice.SUBSCRIPTION_ENDED if was_cancelled else Notice.TRIAL_ENDED,
        job=JOB,
    )
