"""Finding subscriptions; the merchant first."""

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.billing.models import MerchantSubscription, SubscriptionTier

SORTING = Sorting(
    {"platform_id": MerchantSubscription.platform_id},
    tie=MerchantSubscription.id,
    default="platform_id",
)


def list_of_merchant(
    session: Session, merchant_id: int, request: PageRequest
) -> Page[MerchantSubscription]:
    """Return a page of a merchant's subscriptions, by platform."""
    return paginate(
        session,
        select(MerchantSubscription).where(MerchantSubscription.merchant_id == merchant_id),
        sorting=SORTING,
        request=request,
        filters={"merchant": merchant_id},
    )


def of_merchant(
    session: Session, merchant_id: int, platform_ids: frozenset[int] | None
) -> Sequence[MerchantSubscription]:
    """Return a merchant's subscriptions on the given platforms (None: all)."""
    query = select(MerchantSubscription).where(MerchantSubscription.merchant_id == merchant_id)
    if platform_ids is not None:
        query = query.where(MerchantSubscription.platform_id.in_(platform_ids))
    return session.scalars(query.order_by(MerchantSubscription.platform_id)).all()


def find_with_tier(
    session: Session, owner: Owner
) -> Row[MerchantSubscription, SubscriptionTier] | None:
    """Return a merchant's subscription on a platform with its tier."""
    return session.execute(
        select(MerchantSubscription, SubscriptionTier)
        .join(SubscriptionTier, SubscriptionTier.id == MerchantSubscription.tier_id)
        .where(
            MerchantSubscription.merchant_id == owner.merchant_id,
            MerchantSubscription.platform_id == owner.platform_id,
        )
    ).first()


def lock(session: Session, owner: Owner) -> MerchantSubscription | None:
    """Return a merchant's subscription on a platform; nobody else writes it until commit."""
    return session.scalars(
        select(MerchantSubscription)
        .where(
            MerchantSubscription.merchant_id == owner.merchant_id,
            MerchantSubscription.platform_id == owner.platform_id,
        )
        .with_for_update()
    ).first()
