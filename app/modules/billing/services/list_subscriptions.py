"""Subscriptions with everything that a row of an operator's list tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.contracts.tenants import PlatformRef
from app.kit.clocks import business_now
from app.kit.csv_text import BOM, csv_text
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.money import Money, per_month
from app.kit.pagination import Page, PageRequest
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import admin_subscriptions, tiers
from app.modules.billing.repositories.admin_subscriptions import Arrears, SubscriptionFilters
from app.modules.billing.services.access import end_of_grace
from app.modules.billing.services.entitlement_facts import state_of
from app.modules.billing.services.figures.standing import Standing
from app.modules.billing.services.find_owner import owner_of
from app.modules.billing.services.offered_tiers import shown_limits
from app.modules.billing.services.subscription_changes import told
from app.modules.billing.settings import billing_settings
from app.modules.tenancy.public import merchant_contacts, platform_refs

ROWS_AT_ONCE = 1_000
NOTHING = Arrears()
COLUMNS = (
    "id",
    "merchant_id",
    "merchant",
    "platform",
    "tier",
    "status",
    "billing_source",
    "interval",
    "period_start",
    "period_end",
    "mrr",
    "currency",
    "overrides",
)


@dataclass(frozen=True)
class ListedSubscription:
    """One row; `mrr_cents` in minor units, 0 for what does not count for revenue (D27)."""

    subscription: MerchantSubscription
    merchant_name: str
    contact_email: str
    platform: PlatformRef
    tier: SubscriptionTier
    feature_codes: tuple[str, ...]
    mrr_cents: int
    owed_cents: int
    next_attempt_at: datetime | None
    grace_ends_at: datetime | None
    overrides: int


def list_subscriptions(
    work: UnitOfWork, filters: SubscriptionFilters, request: PageRequest
) -> Page[ListedSubscription]:
    """Return a page; as many queries for fifty rows as for one."""
    page = admin_subscriptions.list_subscriptions(work.session, filters, request)
    listed = iter(_listed(work, page.items))
    return page.map(lambda _one: next(listed))


def export_subscriptions(filters: SubscriptionFilters) -> Iterator[str]:
    """Yield the whole list as CSV piece by piece, in constant memory.

    Each piece has a unit of work of its own, so that a slow reader holds no transaction open.
    """
    yield BOM + csv_text([COLUMNS])
    last_id = 0
    while True:
        with unit_of_work(read_only=True) as work:
            some = admin_subscriptions.subscriptions_after(
                work.session, filters, after_id=last_id, count=ROWS_AT_ONCE
            )
            listed = _listed(work, some)
        if not some:
            return
        yield csv_text(_cells(one) for one in listed)
        last_id = some[-1].id


def _listed(work: UnitOfWork, rows: Sequence[MerchantSubscription]) -> list[ListedSubscription]:
    contacts = merchant_contacts(work, [one.merchant_id for one in rows])
    platforms = platform_refs(work, [one.platform_id for one in rows])
    sold = tiers.by_id(work.session, {one.tier_id for one in rows})
    limits = shown_limits(work, list(sold))
    owners = [owner_of(one) for one in rows]
    overrides = admin_subscriptions.count_overrides(work.session, owners, at=business_now())
    arrears = admin_subscriptions.arrears(work.session, owners)
    return [
        ListedSubscription(
            subscription=one,
            merchant_name=contacts[one.merchant_id][0],
            contact_email=contacts[one.merchant_id][1],
            platform=platforms[one.platform_id],
            tier=sold[one.tier_id],
            feature_codes=tuple(row.feature_code for row in limits.get(one.tier_id, ())),
            mrr_cents=per_month(Standing.of(told(one), one.arr_cents).counted_arr_cents),
            owed_cents=arrears.get(owner, NOTHING).owed_cents or _owed_by_hand(one),
            next_attempt_at=arrears.get(owner, NOTHING).next_attempt_at,
            grace_ends_at=end_of_grace(state_of(one), billing_settings().billing_grace),
            overrides=overrides.get(owner, 0),
        )
        for one, owner in zip(rows, owners, strict=True)
    ]


def _owed_by_hand(one: MerchantSubscription) -> int:
    """There are no invoices of whom the operator bills: a period is what is owed."""
    by_hand = one.billing_source == BillingSource.MANUAL
    return one.unit_amount_cents if by_hand and one.status == SubscriptionStatus.PAST_DUE else 0


def _cells(listed: ListedSubscription) -> tuple[object, ...]:
    one = listed.subscription
    return (
        one.id,
        one.merchant_id,
        listed.merchant_name,
        listed.platform.code,
        listed.tier.code,
        one.status,
        one.billing_source,
        "year" if one.is_annual else "month",
        one.period_start.isoformat(),
        one.period_end.isoformat(),
        str(Money(listed.mrr_cents, one.currency).amount),
        one.currency,
        listed.overrides,
    )
