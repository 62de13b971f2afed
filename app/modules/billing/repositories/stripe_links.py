"""Finding our rows by Stripe's ids, whoever they belong to."""

from collections.abc import Collection, Sequence

from sqlalchemy import Row, select, union
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import (
    BillingHistory,
    MerchantSubscription,
    StoreAddOn,
    SubscriptionTier,
    TierPrice,
)


def plan_owner(
    session: Session, *, subscription_id: str | None, customer_id: str | None
) -> Owner | None:
    """Return whose plan or customer it is; by the subscription first."""
    for column, value in (
        (MerchantSubscription.stripe_subscription_id, subscription_id),
        (MerchantSubscription.stripe_customer_id, customer_id),
    ):
        if value is not None and (found := _owner(session, column == value)) is not None:
            return found
    return None


def addon_by_subscription(session: Session, subscription_id: str) -> StoreAddOn | None:
    """Return the purchase that a subscription at Stripe pays for."""
    return session.scalars(
        select(StoreAddOn).where(StoreAddOn.stripe_subscription_id == subscription_id)
    ).first()


def lock_plan(session: Session, owner: Owner) -> MerchantSubscription | None:
    """Return a merchant's subscription as it is now and keep others from changing it."""
    return session.scalars(
        select(MerchantSubscription)
        .where(
            MerchantSubscription.merchant_id == owner.merchant_id,
            MerchantSubscription.platform_id == owner.platform_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def subscriptions_of_customer(session: Session, customer_id: str) -> Sequence[str]:
    """Return the ids of what a customer pays for: the plan, and the add-ons beside it."""
    of_customer = MerchantSubscription.stripe_customer_id == customer_id
    plan = select(MerchantSubscription.stripe_subscription_id).where(
        of_customer, MerchantSubscription.stripe_subscription_id.is_not(None)
    )
    addons = (
        select(StoreAddOn.stripe_subscription_id)
        .join(
            MerchantSubscription,
            (MerchantSubscription.merchant_id == StoreAddOn.merchant_id)
            & (MerchantSubscription.platform_id == StoreAddOn.platform_id),
        )
        .where(of_customer, StoreAddOn.stripe_subscription_id.is_not(None))
    )
    both = union(plan, addons).subquery()
    return [str(found) for found in session.scalars(select(both.c[0]).order_by(both.c[0]))]


def tiers_of_prices(
    session: Session, platform_id: int, price_ids: Collection[str]
) -> Sequence[Row[str, int, str]]:
    """Return price at Stripe, tier and interval of the platform's tiers (D25)."""
    return session.execute(
        select(TierPrice.stripe_price_id, TierPrice.tier_id, TierPrice.interval)
        .join(SubscriptionTier, SubscriptionTier.id == TierPrice.tier_id)
        .where(
            TierPrice.stripe_price_id.in_(price_ids), SubscriptionTier.platform_id == platform_id
        )
    ).all()  # type: ignore[return-value]


def lock_invoice(session: Session, invoice_id: str) -> BillingHistory | None:
    """Return an invoice as it is now and keep others from changing it."""
    return session.scalars(
        select(BillingHistory)
        .where(BillingHistory.stripe_invoice_id == invoice_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


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
