"""Finding tiers; the platform first."""

from collections.abc import Sequence

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from app.modules.billing.models import MerchantSubscription, SubscriptionTier, TierFeatureLimit


def public_with_limit(
    session: Session, platform_id: int, feature_code: str
) -> Sequence[Row[SubscriptionTier, TierFeatureLimit | None]]:
    """Return the active public tiers with their row of one feature."""
    return session.execute(
        select(SubscriptionTier, TierFeatureLimit)
        .outerjoin(
            TierFeatureLimit,
            and_(
                TierFeatureLimit.tier_id == SubscriptionTier.id,
                TierFeatureLimit.feature_code == feature_code,
            ),
        )
        .where(
            SubscriptionTier.platform_id == platform_id,
            SubscriptionTier.is_active,
            SubscriptionTier.is_public,
        )
    ).all()


def with_code(
    session: Session, code: str, platform_ids: frozenset[int] | None
) -> Sequence[SubscriptionTier]:
    """Return the tiers of a code on the given platforms (None: all)."""
    query = select(SubscriptionTier).where(SubscriptionTier.code == code)
    if platform_ids is not None:
        query = query.where(SubscriptionTier.platform_id.in_(platform_ids))
    return session.scalars(query.order_by(SubscriptionTier.platform_id)).all()


def find_on_platform(session: Session, platform_id: int, code: str) -> SubscriptionTier | None:
    """Return a platform's tier by its code."""
    return session.scalars(
        select(SubscriptionTier).where(
            SubscriptionTier.platform_id == platform_id, SubscriptionTier.code == code
        )
    ).first()


def of_platforms(
    session: Session, platform_ids: frozenset[int] | None, *, include_inactive: bool
) -> Sequence[SubscriptionTier]:
    """Return tiers by platform and display order (None: all platforms)."""
    query = select(SubscriptionTier).order_by(
        SubscriptionTier.platform_id, SubscriptionTier.display_order, SubscriptionTier.id
    )
    if platform_ids is not None:
        query = query.where(SubscriptionTier.platform_id.in_(platform_ids))
    if not include_inactive:
        query = query.where(SubscriptionTier.is_active)
    return session.scalars(query).all()


def limits_of(session: Session, tier_ids: Sequence[int]) -> Sequence[TierFeatureLimit]:
    """Return the feature rows of some tiers."""
    return session.scalars(
        select(TierFeatureLimit)
        .where(TierFeatureLimit.tier_id.in_(tier_ids))
        .order_by(TierFeatureLimit.tier_id, TierFeatureLimit.id)
    ).all()


def count_subscribers(session: Session, tier_id: int) -> int:
    """Return how many subscriptions name a tier, ended ones and pending changes included."""
    return session.scalars(
        select(func.count())
        .select_from(MerchantSubscription)
        .where(
            (MerchantSubscription.tier_id == tier_id)
            | (MerchantSubscription.pending_tier_id == tier_id)
        )
    ).one()
