"""What live subscriptions allow and use, by set queries over all merchants (D32)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from app.modules.billing.models import (
    RUNNING,
    AddOnProduct,
    MerchantFeatureOverride,
    MerchantSubscription,
    StoreAddOn,
    TierFeatureLimit,
    UsageCounter,
)
from app.modules.billing.repositories.tier_usage import LIVE


@dataclass(frozen=True)
class LimitSum:
    """What the finite limits of a platform's live subscriptions add up to.

    `actual` is the usage of the merchants with a finite limit, `actual_unlimited` of the others.
    """

    platform_id: int
    limit: int
    actual: int
    unlimited: int
    actual_unlimited: int


def limit_sums(session: Session, feature_code: str, *, at: datetime) -> Iterator[LimitSum]:
    """Yield, platform by platform, what effective limits (D8–D10) add up to, and their usage.

    One statement. Of features that reset, the newest window counts. Merchants whose plan lacks
    the feature add nothing.
    """
    rows = _effective(session, feature_code, at=at)
    finite = rows.c.limit.is_not(None)
    query = select(
        rows.c.platform_id,
        func.coalesce(func.sum(rows.c.limit), 0),
        func.coalesce(func.sum(case((finite, rows.c.used), else_=0)), 0),
        func.coalesce(func.sum(case((finite, 0), else_=1)), 0),
        func.coalesce(func.sum(case((finite, 0), else_=rows.c.used)), 0),
    ).group_by(rows.c.platform_id)
    for platform_id, *sums in session.execute(query):
        yield LimitSum(platform_id, *(int(one) for one in sums))


def live_by_tier(session: Session) -> Mapping[tuple[int, int, str], int]:
    """Return the number of live subscriptions by platform, tier and status."""
    rows = session.execute(
        select(
            MerchantSubscription.platform_id,
            MerchantSubscription.tier_id,
            MerchantSubscription.status,
            func.count(),
        )
        .where(MerchantSubscription.status.in_(LIVE))
        .group_by(
            MerchantSubscription.platform_id,
            MerchantSubscription.tier_id,
            MerchantSubscription.status,
        )
    )
    return {(platform, tier, status): count for platform, tier, status, count in rows}


def _effective(session: Session, code: str, *, at: datetime) -> Subquery:
    """Platform, limit (NULL unlimited) and usage of each live subscription that has a feature."""
    one, tier, override = MerchantSubscription, TierFeatureLimit, MerchantFeatureOverride
    granted, used = _granted(session, code, at=at), _used(code)
    extra = func.coalesce(granted.c.amount, 0) if granted is not None else literal(0)
    allowed = case((override.id.is_not(None), override.limit_value), else_=tier.limit_value)
    has_base = case((override.id.is_not(None), override.is_enabled), else_=tier.id.is_not(None))
    query = (
        select(
            one.platform_id,
            case((has_base, allowed + extra), else_=extra).label("limit"),
            func.coalesce(used.c.used, 0).label("used"),
        )
        .outerjoin(tier, and_(tier.tier_id == one.tier_id, tier.feature_code == code, tier.enabled))
        .outerjoin(
            override,
            and_(
                override.merchant_id == one.merchant_id,
                override.platform_id == one.platform_id,
                override.feature_code == code,
                or_(override.expires_at.is_(None), override.expires_at > at),
            ),
        )
        .outerjoin(used, _same_owner(used))
    )
    switched_off = and_(override.id.is_not(None), ~override.is_enabled)
    has_it: ColumnElement[bool] = has_base
    if granted is not None:
        query = query.outerjoin(granted, _same_owner(granted))
        has_it = or_(has_base, granted.c.amount.is_not(None))
    return query.where(one.status.in_(LIVE), ~switched_off, has_it).subquery()


def _same_owner(rows: Subquery) -> ColumnElement[bool]:
    return and_(
        rows.c.merchant_id == MerchantSubscription.merchant_id,
        rows.c.platform_id == MerchantSubscription.platform_id,
    )


def _used(code: str) -> Subquery:
    """Usage in each merchant's newest window."""
    newest = (
        select(
            UsageCounter.merchant_id,
            UsageCounter.platform_id,
            func.max(UsageCounter.window_start).label("start"),
        )
        .where(UsageCounter.feature_code == code)
        .group_by(UsageCounter.merchant_id, UsageCounter.platform_id)
        .subquery()
    )
    return (
        select(UsageCounter.merchant_id, UsageCounter.platform_id, UsageCounter.used)
        .join(
            newest,
            and_(
                newest.c.merchant_id == UsageCounter.merchant_id,
                newest.c.platform_id == UsageCounter.platform_id,
                newest.c.start == UsageCounter.window_start,
            ),
        )
        .where(UsageCounter.feature_code == code)
        .subquery()
    )


def _granted(session: Session, code: str, *, at: datetime) -> Subquery | None:
    """What running add-ons add, by merchant; None where no add-on grants the feature."""
    products: Select[AddOnProduct] = select(AddOnProduct)
    amounts = {
        one.id: int(one.grants[code]) for one in session.scalars(products) if code in one.grants
    }
    if not amounts:
        return None
    amount = case(amounts, value=StoreAddOn.addon_product_id, else_=0)
    ended = and_(StoreAddOn.cancelled_at.is_not(None), StoreAddOn.period_end <= at)
    return (
        select(StoreAddOn.merchant_id, StoreAddOn.platform_id, func.sum(amount).label("amount"))
        .where(StoreAddOn.addon_product_id.in_(amounts), StoreAddOn.status.in_(RUNNING), ~ended)
        .group_by(StoreAddOn.merchant_id, StoreAddOn.platform_id)
        .subquery()
    )
