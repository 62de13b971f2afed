"""The daily run over 100,000 subscriptions, beside the bare SQL that finds what is due.

Every subscription is `manual` and its period ended this minute, so that each gets a new period and
a new window of usage. The bare statements do no more than the least that must be written: periods
by one UPDATE, windows by one INSERT. Peak memory is what Python's objects grow by meanwhile.
"""

import sys
import tracemalloc
from datetime import timedelta
from time import perf_counter

from sqlalchemy import delete, text, update

from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.kit.jobs import JobRunner
from app.modules.billing.models import MerchantSubscription, UsageCounter
from app.modules.billing.services.lifecycle.turn_periods import JOB
from app.modules.billing.tasks.subscription import JOBS
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report

SUBSCRIPTIONS, PORTION = 100_000, 10_000
GOALS = {"sqlite": 60.0, "postgresql": 60.0}
MOST_MEGABYTES = 50.0
TURN = {
    True: "UPDATE merchant_subscriptions SET period_start = period_end, "
    "period_end = datetime(period_end, '+1 month')",
    False: "UPDATE merchant_subscriptions SET period_start = period_end, "
    "period_end = period_end + interval '1 month'",
}
OPEN = (
    "INSERT INTO usage_counters (merchant_id, platform_id, feature_code, window_start, used) "
    "SELECT merchant_id, platform_id, 'max_orders_per_month', usage_anchor, 0 "
    "FROM merchant_subscriptions"
)


def main() -> int:
    """Measure and report."""
    figures: list[Figure] = []
    for kind in KINDS:
        with fresh_database(kind) as database:
            shops(SUBSCRIPTIONS)
            bare = _bare(database)
            took, megabytes = _daily_run()
            name = f"daily run of {SUBSCRIPTIONS:,} on {kind}"
            figures.append(Figure(name, "s", took, GOALS[kind], bare, absolute=True))
            figures.append(Figure(f"memory it needs on {kind}", "MB", megabytes, MOST_MEGABYTES))
    return report("jobs", figures, profiled=_profiled)


def _bare(database: Database) -> float:
    """The least that must be written, by the driver."""
    _make_due()
    began = perf_counter()
    with unit_of_work() as work:
        work.session.execute(text(TURN[database.is_sqlite]))
        work.session.execute(text(OPEN))
    return perf_counter() - began


def _daily_run() -> tuple[float, float]:
    """Seconds of the job, and by how many megabytes memory grew at most in a second run."""
    _make_due()
    began = perf_counter()
    _run()
    took = perf_counter() - began
    _make_due()
    tracemalloc.start()
    _run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return took, peak / 1e6


def _run() -> None:
    run = JobRunner(JOBS).run_now(JOB)
    assert run.status == "done", run.error
    assert run.counts["periods"] == SUBSCRIPTIONS
    assert run.counts["windows"] == SUBSCRIPTIONS


def _make_due() -> None:
    """Let every period end now, and no window be open."""
    now = business_now()
    begun = {"period_start": now - timedelta(days=31), "period_end": now - timedelta(seconds=1)}
    with unit_of_work() as work:
        work.session.execute(update(MerchantSubscription).values(**begun))
        work.session.execute(delete(UsageCounter))


def _profiled() -> None:
    with fresh_database("sqlite"):
        shops(PORTION)
        _make_due()
        JobRunner(JOBS).run_now(JOB)


if __name__ == "__main__":
    sys.exit(main())
