"""Every change of a subscription leaves a row that tells of it (D19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.many_rows import insert_rows
from app.modules.billing.models import MerchantSubscription, SubscriptionChange
from app.modules.billing.services.addons.with_plan import let_addons_follow
from app.modules.billing.services.entitlement_changes import entitlements_of_all_changed
from app.modules.billing.services.figures.record import Movement, note_subscriptions
from app.modules.billing.services.figures.standing import Standing
from app.modules.billing.services.webhooks_out.tell import tell_of_subscriptions

_TOLD = ("tier_id", "status", "billing_source", "is_annual", "unit_amount_cents", "discount_cents")


def told(subscription: MerchantSubscription) -> dict[str, Any]:
    """Return the columns whose change is remembered; take it before changing anything."""
    return {name: getattr(subscription, name) for name in _TOLD}


@dataclass(frozen=True, slots=True)
class Changed:
    """A subscription that has its new values, and what `told` said before; None if it is new."""

    subscription: MerchantSubscription
    before: dict[str, Any] | None
    arr_cents_before: int

    @property
    def owner(self) -> Owner:
        """Whose it is."""
        return Owner(self.subscription.merchant_id, self.subscription.platform_id)

    @property
    def is_told(self) -> bool:
        """Whether anything changed that is remembered."""
        arr_changed = self.arr_cents_before != self.subscription.arr_cents
        return arr_changed or self.before != told(self.subscription)

    @property
    def movement(self) -> Movement:
        """What it is to the figures."""
        before = self.before and Standing.of(self.before, self.arr_cents_before)
        after = Standing.of(told(self.subscription), self.subscription.arr_cents)
        return Movement(self.subscription.platform_id, before or None, after)

    def row(self, cause: str) -> dict[str, Any]:
        """The columns of the row that tells of it."""
        return {
            "subscription_id": self.subscription.id,
            **self.owner._asdict(),
            "at": business_now(),
            "cause": cause,
            "before": self.before,
            "after": told(self.subscription),
            "arr_cents_before": self.arr_cents_before,
            "arr_cents_after": self.subscription.arr_cents,
        }


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
    record_changes(work, [Changed(subscription, before, arr_cents_before)], cause=cause)


def record_changes(work: UnitOfWork, changed: Sequence[Changed], *, cause: str) -> None:
    """Do the same for several subscriptions, with no more statements than for one."""
    work.session.flush()
    if remembered := [one for one in changed if one.is_told]:
        _remember(work, remembered, cause)
        new = {one.subscription.id for one in remembered if one.before is None}
        tell_of_subscriptions(work, [one.subscription for one in remembered], new=new)
    owners = {one.owner for one in changed}
    let_addons_follow(work, owners)
    entitlements_of_all_changed(work, owners)


def _remember(work: UnitOfWork, changed: Sequence[Changed], cause: str) -> None:
    insert_rows(work.session, SubscriptionChange, [one.row(cause) for one in changed])
    note_subscriptions(work, [one.movement for one in changed])
