"""Writing billing's demo data: states of the known merchants, plain plans for further ones."""

from datetime import timedelta
from typing import Any

from sqlalchemy import SQLColumnExpression, insert, literal, select, update

from app.contracts.demo import DemoPlan
from app.contracts.tenants import Owner
from app.kit.calendar import add_months
from app.kit.db import UnitOfWork
from app.modules.billing.demo.states import STATES, DemoState
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionChange,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import entitlement_rows, tallies, tiers
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.overrides import OverrideWish, write_overrides
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.tenancy.public import further_stores, named_stores

OPERATOR = Actor("demo")
TIER_OF_FURTHER = "professional"


def seed_demo(work: UnitOfWork, plan: DemoPlan) -> None:
    """Move the known merchants out of their trial, and give a plan to further ones."""
    for store in named_stores(work):
        if store.code in STATES:
            _subscribe(work, store.owner, STATES[store.code], plan)
    _subscribe_further(work, plan)
    tallies.count_anew(work.session)


def _subscribe(work: UnitOfWork, owner: Owner, state: DemoState, plan: DemoPlan) -> None:
    one = entitlement_rows.find_subscription(work.session, owner)
    tier = tiers.find_on_platform(work.session, owner.platform_id, state.tier)
    if one is None or tier is None:
        raise LookupError(state)
    before, arr_before = told(one), one.arr_cents
    one.tier_id, one.status, one.billing_source = tier.id, state.status, state.source
    one.is_annual = state.is_annual
    one.period_start = plan.now + timedelta(days=state.period_began)
    one.period_end = add_months(one.period_start, 12 if state.is_annual else 1)
    one.usage_anchor, one.trial_ends_at = one.period_start, None
    if state.past_due_since is not None:
        one.past_due_since = plan.now + timedelta(days=state.past_due_since)
        one.payment_retry_count, one.last_payment_error = 2, "card_declined"
    if state.ended is not None:
        one.period_end = one.cancelled_at = plan.now + timedelta(days=state.ended)
    _price(one, tier)
    record_change(work, one, cause="demo", before=before, arr_cents_before=arr_before)
    _date_back(work, one)
    if state.overrides:
        wishes = [OverrideWish(code, value, reason="Demo") for code, value in state.overrides]
        write_overrides(work, one, wishes=wishes, actor=OPERATOR)


def _date_back(work: UnitOfWork, one: MerchantSubscription) -> None:
    """Let the plan have begun with its period, so that revenue does not leap on the first day."""
    history = update(SubscriptionChange).where(SubscriptionChange.subscription_id == one.id)
    work.session.execute(history.values(at=one.period_start))


def _price(one: MerchantSubscription, tier: SubscriptionTier) -> None:
    yearly = tier.price_annual_cents if one.is_annual else None
    one.unit_amount_cents = tier.price_monthly_cents if yearly is None else yearly
    pays = one.status in {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE}
    if pays and one.billing_source == BillingSource.MANUAL:
        one.arr_cents = tier.price_monthly_cents * 12 if yearly is None else yearly


def _subscribe_further(work: UnitOfWork, plan: DemoPlan) -> None:
    """Give the same plan to all further merchants by one statement; none of them has any yet."""
    work.session.flush()
    store, began = further_stores(), plan.now - timedelta(days=10)
    at = MerchantSubscription.created_at.type
    columns: dict[str, SQLColumnExpression[Any]] = {
        "merchant_id": store.c.merchant_id,
        "platform_id": store.c.platform_id,
        "tier_id": SubscriptionTier.id,
        "status": literal(SubscriptionStatus.ACTIVE, MerchantSubscription.status.type),
        "billing_source": literal(BillingSource.MANUAL, MerchantSubscription.billing_source.type),
        "period_start": literal(began, at),
        "period_end": literal(add_months(began, 1), at),
        "usage_anchor": literal(began, at),
        "currency": SubscriptionTier.currency,
        "unit_amount_cents": SubscriptionTier.price_monthly_cents,
        "arr_cents": SubscriptionTier.price_monthly_cents * 12,
        "created_at": literal(began, at),
    }
    rows = (
        select(*columns.values())
        .select_from(store)
        .join(SubscriptionTier, SubscriptionTier.platform_id == store.c.platform_id)
        .where(SubscriptionTier.code == TIER_OF_FURTHER)
        .order_by(store.c.n)
    )
    work.session.execute(insert(MerchantSubscription).from_select(list(columns), rows))
