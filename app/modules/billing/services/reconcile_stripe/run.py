"""One walk over every subscription at Stripe, with a brake (S16)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

import structlog

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.errors import AppError
from app.modules.billing.exceptions import OtherStripeAccount
from app.modules.billing.gateways.errors import MissingAtStripe
from app.modules.billing.gateways.shapes import UnreadableObject
from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot
from app.modules.billing.gateways.stripe_subscriptions import (
    fetch_subscription,
    list_subscriptions,
)
from app.modules.billing.repositories import reconciliations
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.reconcile_stripe.compare import Drift, drift_of
from app.modules.billing.services.reconcile_stripe.missed_events import take_missed_events
from app.modules.billing.services.reconcile_stripe.missing import mark_all_missing
from app.modules.billing.services.reconcile_stripe.report import Report, keep_report
from app.modules.billing.services.stripe_account import read_own_account
from app.modules.billing.services.sync import sync_now

PAGE = 100
FEW = 5
SHARE = 50  # one in fifty: 2 %
Found = tuple[SubscriptionSnapshot, ScheduleSnapshot | None]

_log = structlog.get_logger(__name__)


@dataclass
class Seen:
    """What a walk found."""

    ids: set[str] = field(default_factory=set)
    drifts: list[Drift] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    failed: int = 0


def reconcile_stripe(
    *, repair: bool, force: bool = False, keep_alive: Callable[[], None] = lambda: None
) -> Report:
    """Compare every subscription with ours and, with `repair`, take over what differs.

    A run that would lower the access of more than `FEW` and two in a hundred changes nothing and
    alerts, unless `force`. What Stripe does not have is marked and never cancelled. One failure
    stops nothing. `keep_alive` is called often. Raises PaymentSystemNotConfiguredError,
    OtherStripeAccount (after an alert), and as `gateways.client.ask` where Stripe cannot be listed.
    """
    _require_own_account()
    report = Report(started_at=business_now())
    seen = _walk(keep_alive)
    report.checked, report.failed = len(seen.ids), seen.failed
    report.missing, report.drifts = len(seen.missing), seen.drifts
    lowered = sum(one.lowers_access for one in seen.drifts)
    report.stopped = repair and not force and lowered > limit_of(report.checked)
    if report.stopped:
        _alert_stopped(lowered, report.checked)
    elif repair:
        take_missed_events(report.started_at)
        report.repaired = _repair(seen, report, keep_alive)
        mark_all_missing(seen.missing, is_mass=len(seen.missing) > limit_of(report.checked))
    keep_report(report)
    return report


def limit_of(checked: int) -> int:
    """Return how many a run may lower, or find missing, before it takes itself for mistaken."""
    return max(FEW, checked // SHARE)


def _require_own_account() -> None:
    try:
        read_own_account()
    except OtherStripeAccount:
        with unit_of_work() as work:
            alert(work, "other_stripe_account", key=business_now().date().isoformat())
        raise


def _walk(keep_alive: Callable[[], None]) -> Seen:
    seen = Seen()
    found = list_subscriptions()
    while page := list(islice(found, PAGE)):
        seen.ids |= {snapshot.id for snapshot, _ in page}
        _compare(page, seen)
        keep_alive()
    with unit_of_work(read_only=True) as work:
        live = reconciliations.live_at_stripe(work.session)
    for stripe_id in live:
        if stripe_id not in seen.ids:
            _look_up(stripe_id, seen)
            keep_alive()
    return seen


def _look_up(stripe_id: str, seen: Seen) -> None:
    """A list leaves out what is on a test clock, and what began meanwhile: ask for it by id."""
    try:
        _compare([fetch_subscription(stripe_id)], seen)
        seen.ids.add(stripe_id)
    except MissingAtStripe:
        seen.missing.append(stripe_id)
    except (AppError, UnreadableObject):
        _log.exception("reconcile_failed", stripe_subscription=stripe_id)
        seen.failed += 1


def _compare(page: list[Found], seen: Seen) -> None:
    with unit_of_work(read_only=True) as work:
        for snapshot, schedule in page:
            drift = drift_of(work, snapshot, schedule)
            if drift is not None:
                seen.drifts.append(drift)


def _repair(seen: Seen, report: Report, keep_alive: Callable[[], None]) -> int:
    repaired = 0
    for drift in seen.drifts:
        if sync_now(drift.stripe_subscription_id):
            repaired += 1
        else:
            report.failed += 1
        keep_alive()
    return repaired


def _alert_stopped(lowered: int, checked: int) -> None:
    with unit_of_work() as work:
        alert(
            work,
            "reconcile_stopped",
            key=business_now().date().isoformat(),
            lowered=lowered,
            checked=checked,
        )
