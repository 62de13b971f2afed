"""Writing billing's demo data: states of the known merchants, plain plans for further ones."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from app.contracts.demo import DemoPlan
from app.contracts.tenants import Owner
from app.kit.calendar import add_months
from app.kit.db import UnitOfWork
from app.modules.billing.demo.states import STATES, DemoState
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import entitlement_rows, tiers
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.overrides import OverrideWish, write_overrides
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.tenancy.public import every_store

OPERATOR = Actor("demo")
ROWS_AT_ONCE = 5_000
TIER_OF_FURTHER = "professional"


def seed_demo(work: UnitOfWork, plan: DemoPlan) -> None:
    """Move the known merchants out of their trial, and subscribe those that have nothing."""
    owners: dict[Owner, None] = {}
    for store in every_store(work):
        owners[store.owner] = None
        if store.code in STATES:
            _subscribe(work, store.owner, STATES[store.code], plan)
    _subscribe_further(work, list(owners), plan)


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
    if state.overrides:
        wishes = [OverrideWish(code, value, reason="Demo") for code, value in state.overrides]
        write_overrides(work, one, wishes=wishes, actor=OPERATOR)


def _price(one: MerchantSubscription, tier: SubscriptionTier) -> None:
    yearly = tier.price_annual_cents if one.is_annual else None
    one.unit_amount_cents = tier.price_monthly_cents if yearly is None else yearly
    pays = one.status in {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE}
    if pays and one.billing_source == BillingSource.MANUAL:
        one.arr_cents = tier.price_monthly_cents * 12 if yearly is None else yearly


def _subscribe_further(work: UnitOfWork, owners: list[Owner], plan: DemoPlan) -> None:
    """Give a plan to whoever has none, in set inserts; no entitlement was read of them yet."""
    known = {
        Owner(merchant_id, platform_id)
        for merchant_id, platform_id in work.session.execute(
            select(MerchantSubscription.merchant_id, MerchantSubscription.platform_id)
        )
    }
    tier_of = {
        platform_id: tiers.find_on_platform(work.session, platform_id, TIER_OF_FURTHER)
        for platform_id in {owner.platform_id for owner in owners}
    }
    rows = [
        _row(owner, tier, plan)
        for owner in owners
        if owner not in known and (tier := tier_of[owner.platform_id]) is not None
    ]
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        work.session.execute(insert(MerchantSubscription), rows[begin : begin + ROWS_AT_ONCE])


def _row(owner: Owner, tier: SubscriptionTier, plan: DemoPlan) -> dict[str, Any]:
    began = plan.now - timedelta(days=10)
    return {
        "merchant_id": owner.merchant_id,
        "platform_id": owner.platform_id,
        "tier_id": tier.id,
        "status": SubscriptionStatus.ACTIVE,
        "billing_source": BillingSource.MANUAL,
        "period_start": began,
        "period_end": add_months(began, 1),
        "usage_anchor": began,
        "currency": tier.currency,
        "unit_amount_cents": tier.price_monthly_cents,
        "arr_cents": tier.price_monthly_cents * 12,
        "created_at": began,
        "version": 1,
    }
