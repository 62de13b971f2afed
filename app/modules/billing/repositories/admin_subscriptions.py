"""Subscriptions of all merchants, as operators look them up; the platforms first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.billing.models import (
    GRANDFATHERED,
    BillingHistory,
    BillingSource,
    MerchantFeatureOverride,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories.tier_usage import LIVE
from app.modules.tenancy.public import merchants_called

OPEN = "open"

# Ids rise in the order of creation, and need no further index.
SORTING = Sorting(
    {"created_at": MerchantSubscription.id, "period_end": MerchantSubscription.period_end},
    tie=MerchantSubscription.id,
    default="-created_at",
)


class Exceptions(StrEnum):
    """Whose exceptions are looked for."""

    ANY = "any"
    GRANDFATHERED = GRANDFATHERED


@dataclass(frozen=True)
class SubscriptionFilters:
    """What a list of subscriptions is narrowed to; `platform_ids` None is all."""

    platform_ids: frozenset[int] | None
    search: str | None = None
    status: SubscriptionStatus | None = None
    tier: str | None = None
    billing_source: BillingSource | None = None
    renewing_before: datetime | None = None
    past_due: bool | None = None
    overrides: Exceptions | None = None
    merchant_id: int | None = None


@dataclass(frozen=True)
class Arrears:
    """What is open on a merchant's invoices, in minor units, and when it is next charged."""

    owed_cents: int = 0
    next_attempt_at: datetime | None = None


def list_subscriptions(
    session: Session, filters: SubscriptionFilters, request: PageRequest
) -> Page[MerchantSubscription]:
    """Return a page of subscriptions; sorts: created_at, period_end."""
    query = _matching(session, filters)
    given = {"filters": repr(filters)}
    return paginate(session, query, sorting=SORTING, request=request, filters=given)


def subscriptions_after(
    session: Session, filters: SubscriptionFilters, *, after_id: int, count: int
) -> Sequence[MerchantSubscription]:
    """Return the next subscriptions in the order of their creation."""
    query = _matching(session, filters).where(MerchantSubscription.id > after_id)
    return session.scalars(query.order_by(MerchantSubscription.id).limit(count)).all()


def count_overrides(session: Session, owners: Iterable[Owner], *, at: datetime) -> dict[Owner, int]:
    """Return how many exceptions some merchants have; expired ones do not count (D9)."""
    one = MerchantFeatureOverride
    rows = session.execute(
        select(one.merchant_id, one.platform_id, func.count())
        .where(tuple_(one.merchant_id, one.platform_id).in_(list(owners)), _holds(at))
        .group_by(one.merchant_id, one.platform_id)
    )
    return {Owner(merchant_id, platform_id): count for merchant_id, platform_id, count in rows}


def arrears(session: Session, owners: Iterable[Owner]) -> dict[Owner, Arrears]:
    """Return what is open on the invoices of some merchants; who owes nothing is left out."""
    one = BillingHistory
    rows = session.execute(
        select(
            one.merchant_id,
            one.platform_id,
            func.sum(one.total_cents - one.amount_paid_cents),
            func.min(one.next_attempt_at),
        )
        .where(tuple_(one.merchant_id, one.platform_id).in_(list(owners)), one.status == OPEN)
        .group_by(one.merchant_id, one.platform_id)
    )
    return {
        Owner(merchant_id, platform_id): Arrears(int(owed), next_attempt_at)
        for merchant_id, platform_id, owed, next_attempt_at in rows
    }


def _matching(session: Session, wanted: SubscriptionFilters) -> Select[MerchantSubscription]:
    one = MerchantSubscription
    conditions: list[ColumnElement[bool]] = []
    if wanted.platform_ids is not None:
        conditions.append(one.platform_id.in_(wanted.platform_ids))
    if wanted.search and wanted.search.strip():
        conditions.append(one.merchant_id.in_(merchants_called(wanted.search)))
    if wanted.merchant_id is not None:
        conditions.append(one.merchant_id == wanted.merchant_id)
    if wanted.status is not None:
        conditions.append(one.status == wanted.status)
    if wanted.tier is not None:
        conditions.append(one.tier_id.in_(_tier_ids(session, wanted.tier)))
    if wanted.billing_source is not None:
        conditions.append(one.billing_source == wanted.billing_source)
    if wanted.renewing_before is not None:
        conditions.append(_renews_before(wanted.renewing_before))
    if wanted.past_due is not None:
        is_due = one.status == SubscriptionStatus.PAST_DUE
        conditions.append(is_due if wanted.past_due else ~is_due)
    if wanted.overrides is not None:
        conditions.append(_has_exceptions(wanted.overrides))
    return select(one).where(*conditions)


def _tier_ids(session: Session, code: str) -> Sequence[int]:
    """A few ids serve an index better than a join would."""
    query = select(SubscriptionTier.id).where(SubscriptionTier.code == code)
    return session.scalars(query.order_by(SubscriptionTier.id)).all()


def _renews_before(end: datetime) -> ColumnElement[bool]:
    return and_(
        MerchantSubscription.period_end < end,
        MerchantSubscription.status.in_(LIVE),
        MerchantSubscription.cancel_at.is_(None),
    )


def _has_exceptions(wanted: Exceptions) -> ColumnElement[bool]:
    found = exists().where(
        MerchantFeatureOverride.merchant_id == MerchantSubscription.merchant_id,
        MerchantFeatureOverride.platform_id == MerchantSubscription.platform_id,
    )
    if wanted is Exceptions.GRANDFATHERED:
        found = found.where(MerchantFeatureOverride.reason == GRANDFATHERED)
    return found


def _holds(at: datetime) -> ColumnElement[bool]:
    end = MerchantFeatureOverride.expires_at
    return end.is_(None) | (end > at)
