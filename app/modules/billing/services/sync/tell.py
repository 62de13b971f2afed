"""Whoever has to know of a transition is told in its transaction (S14)."""

from collections.abc import Mapping

from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.sync.plan_state import PlanState
from app.modules.billing.services.sync.transitions import Transition

_NOTICES: Mapping[Transition, Notice] = {
    Transition.PLAN_CHANGED: Notice.PLAN_CHANGED,
    Transition.END_SCHEDULED: Notice.CANCELLATION_SCHEDULED,
    Transition.END_WITHDRAWN: Notice.CANCELLATION_WITHDRAWN,
    Transition.RECOVERED: Notice.PAYMENT_RECOVERED,
    Transition.ENDED: Notice.SUBSCRIPTION_ENDED,
}


def tell(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    transition: Transition,
    *,
    before: PlanState,
) -> None:
    """Mail the owner; the row has its new state already.

    The key names the version of the row that the transition made, so it is told once.
    """
    notice = _NOTICES.get(transition)
    if notice is not None:
        key = f"{subscription.stripe_subscription_id}:{subscription.version}"
        changed = notice is Notice.PLAN_CHANGED
        notify(
            work,
            subscription,
            notice,
            key=key,
            previous_tier_id=before.tier_id if changed else None,
            ends_at=subscription.cancel_at or subscription.cancelled_at,
        )
