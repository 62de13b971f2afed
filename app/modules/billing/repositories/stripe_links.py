"""Finding our rows by Stripe's ids, whoever they belong to."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, union, update
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import BillingHistory, MerchantSubscription, StoreAddOn
from app.modules.billing.repositories.foreseen import foreseen, lock_plans


def plan_owner(
    session: Session, *, subscription_id: str | None, customer_id: str | None
) -> Owner | None:
    """Return whose plan or customer it is; by the subscription first."""
    notes = foreseen(session)
    for column, known, value in (
        (MerchantSubscription.stripe_subscription_id, notes.subscriptions, subscription_id),
        (MerchantSubscription.stripe_customer_id, notes.customers, customer_id),
    ):
        if value is not None:
            found = known.get(value) or _owner(session, column == value)
            if found is not None:
                return found
    return None


def addon_by_subscription(session: Session, subscription_id: str) -> StoreAddOn | None:
    """Return the purchase that a subscription at Stripe pays for; a plan's pays for none."""
    if subscription_id in foreseen(session).subscriptions:
        return None
    return session.scalars(
        select(StoreAddOn).where(StoreAddOn.stripe_subscription_id == subscription_id)
    ).first()


def lock_plan(session: Session, owner: Owner) -> MerchantSubscription | None:
    """Return a merchant's subscription as it is now and keep others from changing it."""
    locked = foreseen(session).locked
    if owner not in locked:
        lock_plans(session, [owner])
    return locked.get(owner)


def note_in_step(session: Session, subscription_ids: Collection[int], *, at: datetime) -> None:
    """Note when locked plans were in step with Stripe, which makes no new version of them."""
    if subscription_ids:
        session.execute(
            update(MerchantSubscription)
            .where(MerchantSubscription.id.in_(subscription_ids))
            .values(stripe_synced_at=at),
            execution_options={"synchronize_session": False},
        )


def subscriptions_of(
    session: Session, customer_ids: Collection[str]
) -> Mapping[str, Collection[str]]:
    """Return the ids of what customers pay for: the plan of each, and the add-ons beside it."""
    customer = MerchantSubscription.stripe_customer_id
    plans = select(customer, MerchantSubscription.stripe_subscription_id).where(
        customer.in_(customer_ids), MerchantSubscription.stripe_subscription_id.is_not(None)
    )
    addons = (
        select(customer, StoreAddOn.stripe_subscription_id)
        .join(
            MerchantSubscription,
            (MerchantSubscription.merchant_id == StoreAddOn.merchant_id)
            & (MerchantSubscription.platform_id == StoreAddOn.platform_id),
        )
        .where(customer.in_(customer_ids), StoreAddOn.stripe_subscription_id.is_not(None))
    )
    paid_for = defaultdict[str, set[str]](set)
    for customer_id, subscription_id in session.execute(union(plans, addons)):
        paid_for[str(customer_id)].add(str(subscription_id))
    return paid_for


def lock_invoices(session: Session, invoice_ids: Collection[str]) -> Mapping[str, BillingHistory]:
    """Return invoices as they are now, by Stripe's ids, and keep others from changing them."""
    rows = session.scalars(
        select(BillingHistory)
        .where(BillingHistory.stripe_invoice_id.in_(invoice_ids))
        .order_by(BillingHistory.stripe_invoice_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {str(row.stripe_invoice_id): row for row in rows}


def open_invoices(session: Session, owner: Owner, subscription_id: str) -> Sequence[BillingHistory]:
    """Return what is owed for a subscription, the oldest first."""
    return session.scalars(
        select(BillingHistory)
        .where(
            BillingHistory.merchant_id == owner.merchant_id,
            BillingHistory.platform_id == owner.platform_id,
            BillingHistory.stripe_subscription_id == subscription_id,
            BillingHistory.status == "open",
        )
        .order_by(BillingHistory.invoice_date, BillingHistory.id)
    ).all()


def _owner(session: Session, condition: object) -> Owner | None:
    row = session.execute(
        select(MerchantSubscription.merchant_id, MerchantSubscription.platform_id).where(condition)  # type: ignore[arg-type]
    ).first()
    return Owner(row.merchant_id, row.platform_id) if row else None
