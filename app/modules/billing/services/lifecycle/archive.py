"""Plans that ended long ago are let go of at Stripe; what happened to them stays (D40)."""

from datetime import datetime

from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.repositories import lifecycle_rows
from app.modules.core.public import AuditTarget, record_audit

JOB = "billing.cleanup_stale_subscriptions"
_IDS = ("stripe_subscription_id", "stripe_schedule_id", "stripe_price_id")


def archive_stripe_ids(work: UnitOfWork, *, before: datetime, limit: int) -> int:
    """Move the ids at Stripe of plans that ended before an instant into the trail; how many.

    The customer stays: whoever comes back is the same one there (D19).
    """
    stale = lifecycle_rows.lock_stale(work.session, before=before, limit=limit)
    for subscription in stale:
        _archive(work, subscription)
    return len(stale)


def _archive(work: UnitOfWork, subscription: MerchantSubscription) -> None:
    record_audit(
        work,
        f"job:{JOB}",
        action="subscription.archived",
        target=AuditTarget(
            "subscription",
            subscription.id,
            platform_id=subscription.platform_id,
            merchant_id=subscription.merchant_id,
        ),
        before={name: getattr(subscription, name) for name in _IDS},
        after=dict.fromkeys(_IDS),
    )
    for name in _IDS:
        setattr(subscription, name, None)
