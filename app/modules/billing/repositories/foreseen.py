"""What a transaction looks up for many at once, so that nobody in it asks again for one by one.

Only what was found is kept: whoever finds nothing here asks the database, as it may have come
since. The notes live and end with the session of the transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.modules.billing.models import MerchantSubscription, SubscriptionTier, TierPrice

Price = tuple[str, int, str]
_NOTES = "billing.foreseen"


@dataclass
class Foreseen:
    """Whose plans at Stripe are, by subscription and by customer; rows that are locked; prices."""

    subscriptions: dict[str, Owner] = field(default_factory=dict)
    customers: dict[str, Owner] = field(default_factory=dict)
    locked: dict[Owner, MerchantSubscription] = field(default_factory=dict)
    prices: dict[tuple[int, str], Price] = field(default_factory=dict)


def foreseen(session: Session) -> Foreseen:
    """Return the notes of a transaction."""
    notes: Foreseen = session.info.setdefault(_NOTES, Foreseen())
    return notes


def foresee_plans(
    session: Session, *, subscriptions: Collection[str], customers: Collection[str]
) -> None:
    """Note whose plans some subscriptions and customers of Stripe are."""
    row = MerchantSubscription
    found = session.execute(
        select(
            row.stripe_subscription_id, row.stripe_customer_id, row.merchant_id, row.platform_id
        ).where(
            or_(
                row.stripe_subscription_id.in_(subscriptions),
                row.stripe_customer_id.in_(customers),
            )
        )
    )
    notes = foreseen(session)
    for subscription_id, customer_id, merchant_id, platform_id in found:
        owner = Owner(merchant_id, platform_id)
        if subscription_id is not None:
            notes.subscriptions[subscription_id] = owner
        if customer_id is not None:
            notes.customers[customer_id] = owner


def lock_plans(session: Session, owners: Collection[Owner]) -> None:
    """Lock the plans of some merchants, in one order for all transactions that lock several."""
    keys = [(owner.merchant_id, owner.platform_id) for owner in owners]
    rows = session.scalars(
        select(MerchantSubscription)
        .where(tuple_(MerchantSubscription.merchant_id, MerchantSubscription.platform_id).in_(keys))
        .order_by(MerchantSubscription.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    notes = foreseen(session)
    for row in rows:
        notes.locked[Owner(row.merchant_id, row.platform_id)] = row


def tiers_of_prices(session: Session, platform_id: int, price_ids: Collection[str]) -> list[Price]:
    """Return price at Stripe, tier and interval of the platform's tiers (D25)."""
    notes = foreseen(session).prices
    if any((platform_id, price_id) not in notes for price_id in price_ids):
        for price in _read_prices(session, platform_id, price_ids):
            notes[platform_id, price[0]] = price
    wanted = ((platform_id, price_id) for price_id in price_ids)
    return [notes[key] for key in wanted if key in notes]


def _read_prices(session: Session, platform_id: int, price_ids: Collection[str]) -> Any:
    return session.execute(
        select(TierPrice.stripe_price_id, TierPrice.tier_id, TierPrice.interval)
        .join(SubscriptionTier, SubscriptionTier.id == TierPrice.tier_id)
        .where(
            TierPrice.stripe_price_id.in_(price_ids), SubscriptionTier.platform_id == platform_id
        )
    )
