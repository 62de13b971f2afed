"""Jobs that keep subscriptions true (D40)."""

from datetime import timedelta

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.http.idempotency import delete_old_records
from app.kit.jobs import Done, JobRun, More, OutsideJob, OutsideRun, StepJob
from app.modules.billing.repositories import lifecycle_rows
from app.modules.billing.services.capacity.capture import capture_snapshot
from app.modules.billing.services.demo_clock.state import days_lie_ahead
from app.modules.billing.services.lifecycle.archive import JOB as CLEAN_UP
from app.modules.billing.services.lifecycle.archive import archive_stripe_ids
from app.modules.billing.services.lifecycle.awaiting import Awaiting, take_awaiting
from app.modules.billing.services.lifecycle.end_trials import JOB as TRIALS
from app.modules.billing.services.lifecycle.end_trials import end_trials
from app.modules.billing.services.lifecycle.open_windows import open_windows, prune_windows
from app.modules.billing.services.lifecycle.turn_periods import JOB as PERIODS
from app.modules.billing.services.lifecycle.turn_periods import turn_periods
from app.modules.billing.services.reconcile_stripe.run import reconcile_stripe
from app.modules.billing.settings import billing_settings
from app.modules.tenancy.public import drop_ended_access

AT_ONCE = 500  # subscriptions a step: some hundred milliseconds where each has a mail
STALE_AFTER = timedelta(days=90)


def reset_period_counters(work: UnitOfWork, run: JobRun) -> Done | More:
    """Begin the windows of usage that are due, and the periods that no Stripe counts; daily.

    Periods missed meanwhile are passed over one by one, plans whose end was scheduled end, windows
    older than thirteen months go. No live counter is ever set back.
    """
    taken, left = take_awaiting(work, Awaiting(*run.cursor or ()), limit=AT_ONCE)
    subscribed = lifecycle_rows.subscribed(work.session, taken)
    counts = {
        **turn_periods(work, taken),
        "windows": open_windows(work, [one for one in subscribed if not one.has_ended]),
        "pruned": prune_windows(work, limit=AT_ONCE),
    }
    if left.is_over and counts["pruned"] < AT_ONCE:
        return Done(counts)
    return More(left, counts)


def check_trial_expirations(work: UnitOfWork, run: JobRun) -> Done | More:
    """Expire local trials that are over without a payment method; daily."""
    expired = end_trials(work, after=run.cursor or 0, limit=AT_ONCE)
    counts = {"expired": len(expired)}
    return More(expired[-1].id, counts) if len(expired) == AT_ONCE else Done(counts)


def sync_stripe_status(run: OutsideRun) -> Done:
    """Bring everything in step with Stripe that a lost webhook left behind (S16); hourly.

    Without keys there is nothing to do.
    """
    if not billing_settings().payments_configured:
        return Done()
    return Done(reconcile_stripe(repair=True, keep_alive=run.keep_alive).counts)


def cleanup_stale_subscriptions(work: UnitOfWork, _run: JobRun) -> Done | More:
    """Archive Stripe's ids of plans that ended ninety days ago, drop what nobody can use; weekly.

    Expired sessions, links, tokens, checkouts and kept answers go; history and what merchants
    wrote never do.
    """
    before = business_now() - STALE_AFTER
    counts = {
        "archived": archive_stripe_ids(work, before=before, limit=AT_ONCE),
        "checkouts": lifecycle_rows.drop_checkouts(work.session, before=before, limit=AT_ONCE),
        **drop_ended_access(work, limit=AT_ONCE),
    }
    if AT_ONCE in counts.values():
        return More(None, counts)
    return Done({**counts, "answers": delete_old_records(work)})


def capture_capacity_snapshot(_run: OutsideRun) -> Done:
    """Write the day's snapshots and renew their forecasts (D33); daily.

    While business time is moved over days, only the last one's forecasts are worth their making.
    """
    return Done({"platforms": capture_snapshot(with_forecasts=not days_lie_ahead()).platforms})


JOBS = (
    StepJob(name=PERIODS, schedule="10 0 * * *", step=reset_period_counters),
    StepJob(name=TRIALS, schedule="20 0 * * *", step=check_trial_expirations),
    OutsideJob(
        name="billing.sync_stripe_status",
        schedule="23 * * * *",
        call=sync_stripe_status,
    ),
    OutsideJob(
        name="billing.capture_capacity_snapshot",
        schedule="50 0 * * *",
        call=capture_capacity_snapshot,
        lease=timedelta(minutes=10),
    ),
    StepJob(name=CLEAN_UP, schedule="40 3 * * 0", step=cleanup_stale_subscriptions),
)
