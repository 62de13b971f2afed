"""Brings the add-ons of a merchant in line with its plan, at Stripe (D24)."""

from datetime import datetime

from app.contracts.tenants import Owner
from app.kit.calendar import annual_window, monthly_window
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.outbox import OutboxMessage
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.gateways.stripe_addons import renew_again, stop_with_plan
from app.modules.billing.gateways.stripe_changes import release_schedule
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import HELD, SubscriptionStatus
from app.modules.billing.repositories import addons, entitlement_rows
from app.modules.billing.services.addons.state import is_stopped_with_plan, status_of
from app.modules.billing.services.addons.with_plan import FOLLOW_PLAN
from app.modules.billing.services.sync import sync_now

_ENDED = (SubscriptionStatus.CANCELLED, SubscriptionStatus.EXPIRED)


def follow_plan(message: OutboxMessage) -> None:
    """Handle `billing.addons_follow_plan`: bring each add-on of a merchant in line with its plan.

    It reads how things stand now, so that messages may come late, twice or in any order.
    """
    owner = Owner(message.payload["merchant_id"], message.payload["platform_id"])
    with unit_of_work(read_only=True) as work:
        ends_at = _end_of_plan(work, owner)
        held = [one.stripe_subscription_id for one in addons.at_stripe(work.session, owner)]
    for subscription_id in held:
        if subscription_id is not None:
            _align(subscription_id, ends_at, key=(FOLLOW_PLAN, message.id, subscription_id))


def paid_end(snapshot: SubscriptionSnapshot, ends_at: datetime) -> datetime:
    """Return the first end of one of its own periods that is not before the plan's end; pure."""
    if ends_at <= snapshot.period_end:
        return snapshot.period_end
    window_of = annual_window if snapshot.interval == "year" else monthly_window
    window = window_of(snapshot.anchor, ends_at)
    return ends_at if window.start == ends_at else window.end


def _end_of_plan(work: UnitOfWork, owner: Owner) -> datetime | None:
    """Return when the plan ends or has ended; None while it goes on."""
    plan = entitlement_rows.find_subscription(work.session, owner)
    if plan is None or plan.status in _ENDED:
        return business_now()
    return plan.cancel_at


def _align(subscription_id: str, ends_at: datetime | None, *, key: tuple[object, ...]) -> None:
    snapshot, schedule = fetch_subscription(subscription_id)
    if status_of(snapshot) not in HELD:
        return
    if ends_at is None:
        if not is_stopped_with_plan(snapshot):
            return
        renew_again(snapshot, key=key)
    else:
        end = paid_end(snapshot, ends_at)
        is_owners_choice = snapshot.ends_at is not None and not is_stopped_with_plan(snapshot)
        if is_owners_choice or snapshot.ends_at == end:
            return
        if schedule is not None and schedule.is_live:
            release_schedule(schedule.id)
        stop_with_plan(snapshot, at=end, key=key)
    sync_now(subscription_id)
