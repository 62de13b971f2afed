"""Every change of a subscription leaves a row that tells of it (D19)."""

from typing import Any

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription, SubscriptionChange
from app.modules.billing.services.addons.with_plan import let_addons_follow
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.figures.record import note_subscription
from app.modules.billing.services.figures.standing import Standing
from app.modules.billing.services.webhooks_out.tell import tell_of_subscription

_TOLD = ("tier_id", "status", "billing_source", "is_annual", "unit_amount_cents", "discount_cents")


def told(subscription: MerchantSubscription) -> dict[str, Any]:
    """Return the columns whose change is remembered; take it before changing anything."""
    return {name: getattr(subscription, name) for name in _TOLD}


def record_change(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    *,
    cause: str,
    before: dict[str, Any] | None,
    arr_cents_before: int,
) -> None:
    """Append what changed, if anything did, and begin a new version of the entitlements.

    The figures follow (D27), and merchants' own systems hear of it; so do the add-ons, also where
    only the end of the plan was moved (D24). `before` is None for a new subscription. In the same
    transaction as the change.
    """
    after = told(subscription)
    work.session.flush()
    if before != after or arr_cents_before != subscription.arr_cents:
        work.session.add(
            SubscriptionChange(
                subscription_id=subscription.id,
                merchant_id=subscription.merchant_id,
                platform_id=subscription.platform_id,
                at=business_now(),
                cause=cause,
                before=before,
                after=after,
                arr_cents_before=arr_cents_before,
                arr_cents_after=subscription.arr_cents,
            )
        )
        note_subscription(
            work,
            subscription.platform_id,
            None if before is None else Standing.of(before, arr_cents_before),
            Standing.of(after, subscription.arr_cents),
        )
        tell_of_subscription(work, subscription, is_new=before is None)
    let_addons_follow(work, Owner(subscription.merchant_id, subscription.platform_id))
    entitlements_changed(work, subscription.platform_id, subscription.merchant_id)
