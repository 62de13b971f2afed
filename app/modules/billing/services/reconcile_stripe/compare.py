"""How far one of our rows is from what Stripe says of its subscription; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.contracts.features import Access
from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot
from app.modules.billing.models import RUNNING, MerchantSubscription, Purpose
from app.modules.billing.repositories import entitlement_rows, stripe_links
from app.modules.billing.services.access import SubscriptionState, access_at
from app.modules.billing.services.addons.state import NEVER_BEGAN, columns_of
from app.modules.billing.services.sync.apply_plan import prices_for
from app.modules.billing.services.sync.merge_plan import Verdict, judge, merged
from app.modules.billing.services.sync.ownership import find_belonging
from app.modules.billing.services.sync.plan_state import NAMES, PlanState, read_state
from app.modules.billing.settings import billing_settings

OF_INVOICES = {"last_payment_error", "payment_retry_count", "past_due_since"}
UNKNOWN_HERE = "unknown_here"
_OVER = {"canceled"} | NEVER_BEGAN

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A subscription in which we differ: our value and Stripe's by column.

    `in_step_at` is when we last took over its state, None if we never did.
    """

    stripe_subscription_id: str
    purpose: Purpose
    owner: Owner
    fields: Mapping[str, Pair]
    lowers_access: bool
    in_step_at: datetime | None


def drift_of(
    work: UnitOfWork, snapshot: SubscriptionSnapshot, schedule: ScheduleSnapshot | None
) -> Drift | None:
    """Compare one subscription; None where nothing differs, and for strangers."""
    belonging = find_belonging(
        work,
        subscription_id=snapshot.id,
        customer_id=snapshot.customer_id,
        metadata=snapshot.metadata,
    )
    if belonging is None:
        return None
    if belonging.purpose is Purpose.ADDON:
        return _of_addon(work, belonging.owner, snapshot)
    return _of_plan(work, belonging.owner, snapshot, schedule)


def _of_plan(
    work: UnitOfWork,
    owner: Owner,
    snapshot: SubscriptionSnapshot,
    schedule: ScheduleSnapshot | None,
) -> Drift | None:
    row = entitlement_rows.find_subscription(work.session, owner)
    if row is None:
        return _unknown(owner, Purpose.PLAN, snapshot)
    held = read_state(row)
    if judge(held, snapshot) is not Verdict.TAKE:
        return None
    prices = prices_for(work, owner, snapshot, schedule)
    theirs = merged(held, snapshot, schedule, prices=prices)
    names = [name for name in NAMES if name not in OF_INVOICES]
    fields = _differences(
        {name: getattr(held, name) for name in names},
        {name: getattr(theirs, name) for name in names},
    )
    if not fields:
        return None
    return Drift(
        stripe_subscription_id=snapshot.id,
        purpose=Purpose.PLAN,
        owner=owner,
        fields=fields,
        lowers_access=_is_open(held, row) and not _is_open(theirs, row),
        in_step_at=row.stripe_synced_at,
    )


def _of_addon(work: UnitOfWork, owner: Owner, snapshot: SubscriptionSnapshot) -> Drift | None:
    addon = stripe_links.addon_by_subscription(work.session, snapshot.id)
    if addon is None:
        return _unknown(owner, Purpose.ADDON, snapshot)
    theirs = columns_of(snapshot)
    fields = _differences({name: getattr(addon, name) for name in theirs}, theirs)
    if not fields:
        return None
    return Drift(
        stripe_subscription_id=snapshot.id,
        purpose=Purpose.ADDON,
        owner=owner,
        fields=fields,
        lowers_access=addon.status in RUNNING and theirs.get("status", addon.status) not in RUNNING,
        in_step_at=addon.stripe_synced_at,
    )


def _unknown(owner: Owner, purpose: Purpose, snapshot: SubscriptionSnapshot) -> Drift | None:
    """What is over, or never began, need not be known here."""
    if snapshot.status in _OVER:
        return None
    return Drift(
        stripe_subscription_id=snapshot.id,
        purpose=purpose,
        owner=owner,
        fields={UNKNOWN_HERE: (None, snapshot.status)},
        lowers_access=False,
        in_step_at=None,
    )


def _differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Pair]:
    return {name: (ours[name], theirs[name]) for name in theirs if ours[name] != theirs[name]}


def _is_open(state: PlanState, row: MerchantSubscription) -> bool:
    now = business_now()
    found = SubscriptionState(
        status=state.status,
        billing_source=state.billing_source,
        is_at_stripe=state.stripe_subscription_id is not None,
        trial_ends_at=state.trial_ends_at,
        cancel_at=state.cancel_at,
        past_due_since=state.past_due_since or now,
        grace_until=row.grace_until,
    )
    grace = billing_settings().billing_grace
    return access_at(found, now, grace=grace).access is not Access.RESTRICTED
