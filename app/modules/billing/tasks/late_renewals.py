"""The job that asks Stripe how a plan goes on, when its period is over and nothing was heard."""

from datetime import timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, More, StepJob
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.sync.requests import request_sync

AT_ONCE = 100
ASKED_AFTER = timedelta(minutes=15)
TOLD_AFTER = timedelta(hours=48)


def chase_late_renewals(work: UnitOfWork, run: JobRun) -> Done | More:
    """Ask Stripe for plans whose period ended a quarter of an hour ago; access stays (D11).

    After two days an operator is told, once for each period.
    """
    now = business_now()
    late = lifecycle_rows.late_at_stripe(
        work.session, after=run.cursor or 0, before=now - ASKED_AFTER, limit=AT_ONCE
    )
    told = 0
    for subscription in late:
        request_sync(work, subscription.stripe_subscription_id or "")
        if subscription.period_end < now - TOLD_AFTER:
            told += _tell(work, subscription)
    counts = {"asked": len(late), "told": told}
    return More(late[-1].id, counts) if len(late) == AT_ONCE else Done(counts)


def _tell(work: UnitOfWork, subscription: MerchantSubscription) -> bool:
    return alert(
        work,
        "late_at_stripe",
        key=f"{subscription.stripe_subscription_id}:{subscription.period_end.isoformat()}",
        platform_id=subscription.platform_id,
        merchant_id=subscription.merchant_id,
        stripe_subscription=subscription.stripe_subscription_id,
        period_end=subscription.period_end.isoformat(),
    )


JOBS = (
    StepJob(name="billing.chase_late_renewals", schedule="*/15 * * * *", step=chase_late_renewals),
)
