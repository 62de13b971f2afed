"""A daily run over 100,000 subscriptions, 1 in 30 of them due, beside the least that bare SQL does.

What is due is a quarter each: a period that an operator bills is over, a scheduled end has come, a
trial is over, and a trial ends tomorrow; and as many windows of usage begin. The product's jobs run
first. Then the same rows are brought back, and bare statements write the same end: periods,
statuses, windows, versions, history and audit trail by sets, the messages of the outbox copied from
what the jobs had put. Both ends are compared before anything is told. Peak memory is what Python's
objects grow by in another run.

PostgreSQL analyses the rows before either side runs, as its autovacuum does wherever rows are older
than a minute; without that, plans would hang on how far it had come with rows made a moment ago.
"""

import sys
import tracemalloc
from datetime import timedelta
from time import perf_counter

from sqlalchemy import text

from app.kit.clocks import Clocks, SettableClock, configure_clocks
from app.kit.db import unit_of_work
from app.kit.jobs import JobRunner
from app.modules.billing.services.lifecycle.end_trials import JOB as TRIALS
from app.modules.billing.services.lifecycle.turn_periods import JOB as PERIODS
from app.modules.billing.tasks import notices, subscription
from benchmarks._daily_run import (
    BARE,
    KEEP_MESSAGES,
    MAKE_DUE,
    NOW,
    OF_A_KIND,
    REACHED,
    statements,
)
from benchmarks._databases import KINDS, fresh_database
from benchmarks._population import shops
from benchmarks._report import Figure, report

SUBSCRIPTIONS, PORTION = 100_000, 10_000
NOTICES = "billing.tell_ending_trials"
GOAL, MOST_MEGABYTES = 5.0, 20.0
COUNTED = ("periods", "ended", "expired", "trials")


def main() -> int:
    """Measure and report."""
    figures: list[Figure] = []
    for kind in KINDS:
        with fresh_database(kind) as database:
            day = _Day(SUBSCRIPTIONS, sqlite=database.is_sqlite)
            megabytes = _memory(day)
            took, bare = _both(day)
            name = f"daily run of {SUBSCRIPTIONS:,} on {kind}"
            figures.append(Figure(name, "s", took, GOAL, bare))
            figures.append(Figure(f"memory it needs on {kind}", "MB", megabytes, MOST_MEGABYTES))
    return report("jobs", figures, profiled=_profiled)


class _Day:
    """Subscriptions at an instant that stands still but for a second between runs."""

    def __init__(self, subscriptions: int, *, sqlite: bool) -> None:
        self._of_a_kind = subscriptions // OF_A_KIND
        self._sqlite = sqlite
        self._clock = SettableClock(NOW)
        configure_clocks(Clocks(system=self._clock))
        shops(subscriptions)

    def run_jobs(self) -> float:
        """Let everything be due, and run the jobs; the seconds they took."""
        self._make_due()
        self._clock.advance(timedelta(seconds=1))  # a run is known by its instant
        runner, counts = JobRunner([*subscription.JOBS, *notices.JOBS]), dict[str, int]()
        began = perf_counter()
        for job in (PERIODS, TRIALS, NOTICES):
            run = runner.run_now(job)
            assert run.status == "done", run.error
            counts |= run.counts
        took = perf_counter() - began
        assert all(counts[one] >= self._of_a_kind for one in COUNTED), counts
        return took

    def run_bare(self) -> float:
        """Let everything be due again, and run the bare statements; the seconds they took."""
        self._make_due()
        began = perf_counter()
        for script in BARE:
            self.write(script)
        return perf_counter() - began

    def _make_due(self) -> None:
        self.write(MAKE_DUE)
        if not self._sqlite:
            self.write("ANALYZE")

    def write(self, script: str) -> None:
        """Run a script in a transaction."""
        with unit_of_work() as work:
            for one in statements(script, sqlite=self._sqlite):
                work.session.execute(text(one))

    def reached(self) -> list[object]:
        """What there is in the end."""
        with unit_of_work(read_only=True) as work:
            found = [work.session.execute(text(one)) for one in REACHED.split(";")]
            return [[tuple(row) for row in rows] for rows in found]


def _memory(day: _Day) -> float:
    """By how many megabytes memory grows at most."""
    tracemalloc.start()
    day.run_jobs()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def _both(day: _Day) -> tuple[float, float]:
    """Seconds of the jobs and of the bare statements, which must come to the same end."""
    took = day.run_jobs()
    reached = day.reached()
    day.write(KEEP_MESSAGES)
    bare = day.run_bare()
    assert day.reached() == reached
    return took, bare


def _profiled() -> None:
    with fresh_database("sqlite"):
        _Day(PORTION, sqlite=True).run_jobs()


if __name__ == "__main__":
    sys.exit(main())
