"""What a comparison with Stripe reads, over all merchants."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.billing.models import (
    HELD,
    MerchantSubscription,
    StoreAddOn,
    StripeReconciliation,
    SubscriptionStatus,
)

SORTING = Sorting(
    {"started_at": StripeReconciliation.started_at},
    tie=StripeReconciliation.id,
    default="-started_at",
)
_ENDED = (SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED)
_AT_ONCE = 500


def live_at_stripe(session: Session) -> list[str]:
    """Return the ids at Stripe of all plans and add-ons that have not ended (D20)."""
    plans = select(MerchantSubscription.stripe_subscription_id).where(
        MerchantSubscription.stripe_subscription_id.is_not(None),
        MerchantSubscription.status.not_in(_ENDED),
    )
    addons = select(StoreAddOn.stripe_subscription_id).where(
        StoreAddOn.stripe_subscription_id.is_not(None), StoreAddOn.status.in_(HELD)
    )
    return [str(one) for query in (plans, addons) for one in session.scalars(query)]


def mark_plans_missing(session: Session, stripe_ids: Sequence[str], *, at: datetime) -> None:
    """Note on plans that Stripe does not have them; a mark that is there stays."""
    for start in range(0, len(stripe_ids), _AT_ONCE):
        session.execute(
            update(MerchantSubscription)
            .where(
                MerchantSubscription.stripe_subscription_id.in_(
                    stripe_ids[start : start + _AT_ONCE]
                ),
                MerchantSubscription.missing_at_stripe_at.is_(None),
            )
            .values(missing_at_stripe_at=at, version=MerchantSubscription.version + 1)
        )


def last_finished(session: Session) -> StripeReconciliation | None:
    """Return the last comparison that went to its end."""
    return session.scalars(
        select(StripeReconciliation)
        .where(StripeReconciliation.finished_at.is_not(None))
        .order_by(StripeReconciliation.started_at.desc(), StripeReconciliation.id.desc())
        .limit(1)
    ).first()


def list_runs(session: Session, request: PageRequest) -> Page[StripeReconciliation]:
    """Return a page of comparisons, the newest first."""
    query = select(StripeReconciliation)
    return paginate(session, query, sorting=SORTING, request=request, filters={})
