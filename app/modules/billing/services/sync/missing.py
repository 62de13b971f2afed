"""A subscription that Stripe does not have: nobody loses access, an operator is told (S16)."""

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.sync.plan_state import ENDED


def mark_missing(work: UnitOfWork, stripe_subscription_id: str) -> None:
    """Note on the plan that Stripe does not have it; whether it is one of ours or not, alert.

    More often than a deleted subscription this means a wrong key or a restored backup.
    """
    owner = stripe_links.plan_owner(
        work.session, subscription_id=stripe_subscription_id, customer_id=None
    )
    row = stripe_links.lock_plan(work.session, owner) if owner is not None else None
    if row is not None and row.status not in ENDED and row.missing_at_stripe_at is None:
        row.missing_at_stripe_at = business_now()
    alert(
        work,
        "missing_at_stripe",
        key=stripe_subscription_id,
        platform_id=owner.platform_id if owner else None,
        merchant_id=owner.merchant_id if owner else None,
        stripe_subscription=stripe_subscription_id,
    )
