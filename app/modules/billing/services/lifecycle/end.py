"""A subscription that our own clock ends: history, add-ons, audit entry and mail (D19, D40)."""

from datetime import datetime

from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription, SubscriptionStatus
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.core.public import AuditTarget, record_audit


def end_by_calendar(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    status: SubscriptionStatus,
    *,
    at: datetime,
    notice: Notice,
    job: str,
) -> None:
    """Give a locked subscription its last status, as of `at`; its owner is told once."""
    before, arr_cents = told(subscription), subscription.arr_cents
    subscription.status = status
    subscription.cancelled_at, subscription.cancel_at = at, None
    subscription.arr_cents = 0
    record_change(work, subscription, cause=job, before=before, arr_cents_before=arr_cents)
    record_audit(
        work,
        f"job:{job}",
        action="subscription.ended",
        target=AuditTarget(
            "subscription",
            subscription.id,
            platform_id=subscription.platform_id,
            merchant_id=subscription.merchant_id,
        ),
        before={"status": before["status"]},
        after={"status": status, "ended_at": at.isoformat()},
    )
    notify(work, subscription, notice, key=f"{status}:{at.isoformat()}", ends_at=at)
