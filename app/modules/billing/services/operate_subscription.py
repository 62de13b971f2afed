"""Writing a merchant's subscription as an operator: by hand, or through Stripe (D19)."""

from datetime import datetime

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.etags import check_version
from app.modules.billing.exceptions import (
    ManagedByStripe,
    SubscriptionNeedsTier,
    SubscriptionNotFound,
    TierNotFoundError,
)
from app.modules.billing.gateways.stripe_changes import end_trial_at
from app.modules.billing.models import (
    BillingSource,
    MerchantSubscription,
    SubscriptionStatus,
    SubscriptionTier,
)
from app.modules.billing.repositories import subscriptions, tiers
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.change_tier import change_at_stripe
from app.modules.billing.services.checkout import is_live_at_stripe
from app.modules.billing.services.operated_plan import (
    PlanWrite,
    next_period_end,
    price_by_tier,
    write_plan,
)
from app.modules.billing.services.operator_audit import audit_operator, seen
from app.modules.billing.services.planned_change import PlannedChange, planned_for_operator
from app.modules.billing.services.subscription_changes import record_change, told
from app.modules.billing.services.sync import sync_now
from app.modules.tenancy.public import find_first_store

_STRIPES = {"status", "billing_source", "period_end"}


def operate_subscription(
    operator: Operator, owner: Owner, write: PlanWrite, *, expected: int | None
) -> None:
    """Write the given fields of a subscription; with a tier one is created where there is none.

    What Stripe bills is changed at Stripe: tier and interval as its owner would, the end of a
    trial; its status and periods come from there alone. Raises SubscriptionNotFound,
    SubscriptionNeedsTier, TierNotFoundError, ManagedByStripe, InvalidInput, PreconditionFailed,
    and as `gateways.client.ask`.
    """
    with unit_of_work() as work:
        subscription = find_in_scope(work, operator, owner)
        check_version(subscription.version if subscription else 0, expected)
        if subscription is None:
            _create(work, operator, owner, write)
            return
        tier = _tier(work, subscription.platform_id, write.tier_code, held=subscription.tier_id)
        if not is_live_at_stripe(subscription):
            _write_by_hand(work, operator, subscription, tier, write)
            return
        if write.given & _STRIPES:
            raise ManagedByStripe
        planned = planned_for_operator(work, subscription, tier, is_annual=write.is_annual)
        audit_operator(
            work,
            operator,
            subscription,
            "subscription.push_requested",
            before=seen(subscription),
            after={"tier": tier.code, **_pushed(write)},
        )
    _push(planned, subscription, write)


def find_in_scope(
    work: UnitOfWork, operator: Operator, owner: Owner
) -> MerchantSubscription | None:
    """Return a subscription of the operator's platforms, locked; None where there is none yet.

    Raises SubscriptionNotFound for a foreign platform, and for a merchant without a store on it.
    """
    if not operator.scope.includes(owner.platform_id):
        raise SubscriptionNotFound
    found = subscriptions.lock(work.session, owner)
    if found is None and find_first_store(work, owner) is None:
        raise SubscriptionNotFound
    return found


def _create(work: UnitOfWork, operator: Operator, owner: Owner, write: PlanWrite) -> None:
    if write.tier_code is None:
        raise SubscriptionNeedsTier
    tier = _tier(work, owner.platform_id, write.tier_code, held=None)
    now = business_now()
    subscription = MerchantSubscription(
        merchant_id=owner.merchant_id,
        platform_id=owner.platform_id,
        tier_id=tier.id,
        status=SubscriptionStatus.ACTIVE,
        billing_source=write.billing_source or BillingSource.MANUAL,
        is_annual=bool(write.is_annual),
        period_start=now,
        period_end=next_period_end(now, is_annual=bool(write.is_annual)),
        usage_anchor=now,
        currency=tier.currency,
        created_at=now,
    )
    work.session.add(subscription)
    price_by_tier(subscription, tier)
    write_plan(subscription, tier, write, now=now)
    record_change(work, subscription, cause="operator", before=None, arr_cents_before=0)
    audit_operator(
        work,
        operator,
        subscription,
        "subscription.created",
        after={**seen(subscription), "reason": write.reason},
    )


def _write_by_hand(
    work: UnitOfWork,
    operator: Operator,
    subscription: MerchantSubscription,
    tier: SubscriptionTier,
    write: PlanWrite,
) -> None:
    before, arr_cents, shown = told(subscription), subscription.arr_cents, seen(subscription)
    write_plan(subscription, tier, write, now=business_now())
    record_change(work, subscription, cause="operator", before=before, arr_cents_before=arr_cents)
    audit_operator(
        work,
        operator,
        subscription,
        "subscription.updated",
        before=shown,
        after={**seen(subscription), "reason": write.reason},
    )


def _push(
    planned: PlannedChange | None, subscription: MerchantSubscription, write: PlanWrite
) -> None:
    stripe_id = subscription.stripe_subscription_id
    assert stripe_id is not None
    if write.trial_ends_at is not None:
        key = ("trial", subscription.id, subscription.version)
        end_trial_at(stripe_id, at=write.trial_ends_at, key=key)
        sync_now(stripe_id)
    if planned is not None:
        change_at_stripe(planned, at=business_now().replace(microsecond=0))


def _pushed(write: PlanWrite) -> dict[str, object]:
    values = {name: getattr(write, name) for name in sorted(write.given - {"tier_code"})}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _tier(
    work: UnitOfWork, platform_id: int, code: str | None, *, held: int | None
) -> SubscriptionTier:
    """Return the tier that is meant; an operator may give one that is not public (D26)."""
    if code is None and held is not None:
        return work.session.get_one(SubscriptionTier, held)
    tier = tiers.find_on_platform(work.session, platform_id, code or "")
    if tier is None or not (tier.is_active or tier.id == held):
        raise TierNotFoundError(code=code)
    return tier
