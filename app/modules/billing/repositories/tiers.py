"""Finding tiers; the platform first."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Row, and_, exists, func, select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.billing.models import (
    MerchantSubscription,
    PlatformBilling,
    SubscriptionTier,
    TierFeatureLimit,
    TierPrice,
)
from app.modules.billing.repositories.tier_usage import LIVE

SORTING = Sorting(
    {
        "display_order": SubscriptionTier.display_order,
        "code": SubscriptionTier.code,
        "price_monthly_cents": SubscriptionTier.price_monthly_cents,
    },
    tie=SubscriptionTier.id,
    default="display_order",
)


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


def tiers_of(
    session: Session, subscriptions: Collection[MerchantSubscription]
) -> dict[int, SubscriptionTier]:
    """Return what some subscriptions are on, by the id of the tier."""
    wanted = {one.tier_id for one in subscriptions}
    found = session.scalars(select(SubscriptionTier).where(SubscriptionTier.id.in_(wanted)))
    return {tier.id: tier for tier in found}


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


def by_id(session: Session, tier_ids: Iterable[int]) -> dict[int, SubscriptionTier]:
    """Return some tiers by id."""
    found = session.scalars(select(SubscriptionTier).where(SubscriptionTier.id.in_(set(tier_ids))))
    return {tier.id: tier for tier in found}


def in_scope(session: Session, platform_ids: frozenset[int] | None) -> Sequence[SubscriptionTier]:
    """Return all tiers of the given platforms (None: all) by rank."""
    query = select(SubscriptionTier)
    if platform_ids is not None:
        query = query.where(SubscriptionTier.platform_id.in_(platform_ids))
    return session.scalars(query.order_by(SubscriptionTier.rank, SubscriptionTier.id)).all()


def briefs_in_scope(
    session: Session, platform_ids: frozenset[int] | None
) -> Sequence[Row[int, str, bool, bool]]:
    """Return id, code, and whether it is active and public, of all tiers by rank (None: all)."""
    one = SubscriptionTier
    query = select(one.id, one.code, one.is_active, one.is_public)
    if platform_ids is not None:
        query = query.where(one.platform_id.in_(platform_ids))
    return session.execute(query.order_by(one.rank, one.id)).all()


def list_tiers(
    session: Session,
    platform_ids: frozenset[int] | None,
    *,
    include_inactive: bool,
    request: PageRequest,
) -> Page[SubscriptionTier]:
    """Return a page of tiers of the given platforms (None: all)."""
    query = select(SubscriptionTier)
    if platform_ids is not None:
        query = query.where(SubscriptionTier.platform_id.in_(platform_ids))
    if not include_inactive:
        query = query.where(SubscriptionTier.is_active)
    scope = "all" if platform_ids is None else str(sorted(platform_ids))
    filters = {"platforms": scope, "inactive": include_inactive}
    return paginate(session, query, sorting=SORTING, request=request, filters=filters)


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


def offered_on(
    session: Session, platform_id: int, *, also: int | None
) -> Sequence[SubscriptionTier]:
    """Return the active public tiers of a platform and the tier `also`, by display order."""
    is_offered = SubscriptionTier.is_active & SubscriptionTier.is_public
    return session.scalars(
        select(SubscriptionTier)
        .where(
            SubscriptionTier.platform_id == platform_id,
            is_offered | (SubscriptionTier.id == also),
        )
        .order_by(SubscriptionTier.display_order, SubscriptionTier.id)
    ).all()


def current_price(session: Session, tier_id: int, interval: str) -> TierPrice | None:
    """Return the price of an interval that new subscriptions get."""
    return session.scalars(
        select(TierPrice).where(
            TierPrice.tier_id == tier_id, TierPrice.interval == interval, TierPrice.is_current
        )
    ).first()


def price_at_stripe(session: Session, stripe_price_id: str) -> TierPrice | None:
    """Return the price that has this id at Stripe, of whichever tier."""
    return session.scalars(
        select(TierPrice).where(TierPrice.stripe_price_id == stripe_price_id)
    ).first()


def is_platform_choice(session: Session, tier_id: int) -> bool:
    """Whether a platform starts trials with a tier, or falls back to it."""
    named = exists().where(
        (PlatformBilling.default_tier_id == tier_id) | (PlatformBilling.free_tier_id == tier_id)
    )
    return bool(session.scalar(select(named)))


def count_subscribers_of(session: Session, tier_ids: Sequence[int]) -> dict[int, int]:
    """Return how many live subscriptions each of some tiers has."""
    rows = session.execute(
        select(MerchantSubscription.tier_id, func.count())
        .where(MerchantSubscription.tier_id.in_(tier_ids), MerchantSubscription.status.in_(LIVE))
        .group_by(MerchantSubscription.tier_id)
    )
    return {row[0]: row[1] for row in rows}
