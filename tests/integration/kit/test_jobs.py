"""Planning, running, failing and catching up, with a clock that moves only when told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.kit import clocks
from app.kit.clocks import Clocks, SettableClock, configure_clocks, system_now
from app.kit.db import Database, TransactionConflict, UnitOfWork, unit_of_work
from app.kit.jobs import (
    Done,
    Job,
    JobRun,
    JobRunner,
    More,
    OutsideJob,
    OutsideRun,
    StepJob,
    planning,
)
from app.kit.jobs.claims import LeaseLost, claim_next
from app.kit.jobs.declared import UnknownJob
from app.kit.jobs.models import JobSlot
from tests.integration.kit.jobs_table import Workshop, add_effect, effects

START = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture(autouse=True)
def tables(database: Database) -> Iterator[None]:
    Workshop.metadata.create_all(database.engine)
    yield
    Workshop.metadata.drop_all(database.engine)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SettableClock:
    clock = SettableClock(START)
    monkeypatch.setattr(clocks, "_clocks", None)  # restores what was configured before
    configure_clocks(Clocks(system=clock))
    return clock


def leave_mark(work: UnitOfWork, run: JobRun) -> Done:
    add_effect(work, run.name, run.slot)
    return Done({"marks": 1})


def in_three_parts(work: UnitOfWork, run: JobRun) -> Done | More:
    part = run.cursor or 0
    add_effect(work, run.name, run.slot, part=part)
    return Done({"parts": 1}) if part == 2 else More(part + 1, {"parts": 1})


def hourly(
    step: Callable[[UnitOfWork, JobRun], Done | More] = leave_mark, **given: object
) -> StepJob:
    return StepJob(name="test.hourly", schedule="0 * * * *", step=step, **given)  # type: ignore[arg-type]


def started(*jobs: Job, **given: object) -> JobRunner:
    """A runner whose jobs were seen for the first time at the start."""
    runner = JobRunner(jobs, **given)  # type: ignore[arg-type]
    assert runner.run_due(START) == 0
    return runner


def slots(name: str = "test.hourly") -> list[JobSlot]:
    with unit_of_work() as work:
        found = select(JobSlot).where(JobSlot.name == name).order_by(JobSlot.slot)
        return list(work.session.scalars(found))


def times(hours: list[int]) -> list[datetime]:
    return [START.replace(hour=hour, minute=0) for hour in hours]


def test_starts_with_the_next_slot_and_not_with_the_past() -> None:
    runner = started(hourly())
    assert slots() == []
    assert runner.run_due(START + HOUR) == 1
    assert effects() == [("test.hourly", START.replace(hour=9, minute=0), 0)]


def test_runs_each_slot_once_however_often_it_is_asked() -> None:
    runner = started(hourly())
    for minutes in range(0, 180, 10):
        runner.run_due(START + timedelta(minutes=minutes))
        JobRunner([hourly()]).run_due(START + timedelta(minutes=minutes))
    assert [slot for _, slot, _ in effects()] == times([9, 10, 11])


def test_runs_every_missed_slot_in_order() -> None:
    runner = started(hourly(catch_up="every"))
    assert runner.run_due(START + 5 * HOUR) == 5
    assert [slot for _, slot, _ in effects()] == times([9, 10, 11, 12, 13])


def test_plans_missed_slots_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SLOTS_A_UNIT", 3)
    runner = started(StepJob(name="a.job", schedule="* * * * *", catch_up="every", step=leave_mark))
    assert runner.run_due(START + timedelta(minutes=10)) == 10
    assert [slot for _, slot, _ in effects()] == [
        START + timedelta(minutes=n) for n in range(1, 11)
    ]


def test_runs_only_the_newest_of_missed_slots() -> None:
    runner = started(hourly(catch_up="latest"))
    assert runner.run_due(START + 5 * HOUR) == 1
    assert [slot for _, slot, _ in effects()] == times([13])


def test_skips_what_a_newer_slot_replaces() -> None:
    busy = hourly(catch_up="latest")
    runner = started(busy)
    planning.plan_slots([busy], START + HOUR, UTC_ZONE)
    assert runner.run_due(START + 2 * HOUR) == 1
    assert [(row.slot, row.status) for row in slots()] == [
        (times([9])[0], "skipped"),
        (times([10])[0], "done"),
    ]


def test_orders_slots_of_several_jobs_by_time() -> None:
    half = StepJob(name="test.half", schedule="30 * * * *", catch_up="every", step=leave_mark)
    runner = started(hourly(catch_up="every"), half)
    runner.run_due(START + 2 * HOUR)
    assert [f"{name} {slot:%H:%M}" for name, slot, _ in effects()] == [
        "test.hourly 09:00",
        "test.half 09:30",
        "test.hourly 10:00",
        "test.half 10:30",
    ]


def test_uses_the_zone_of_the_job_before_that_of_the_runner() -> None:
    daily = StepJob(name="test.day", schedule="0 12 * * *", step=leave_mark)
    there = StepJob(name="test.there", schedule="0 12 * * *", zone="Asia/Tokyo", step=leave_mark)
    runner = started(daily, there, zone=ZoneInfo("Europe/Luxembourg"))
    runner.run_due(START + 24 * HOUR)
    assert {(name, slot.hour) for name, slot, _ in effects()} == {
        ("test.day", 10),
        ("test.there", 3),
    }


def test_commits_each_step_with_its_cursor_and_adds_up_counts() -> None:
    runner = started(hourly(in_three_parts))
    assert runner.run_due(START + HOUR) == 1
    assert [part for _, _, part in effects()] == [0, 1, 2]
    (row,) = slots()
    assert (row.status, row.counts, row.cursor, row.attempts) == ("done", {"parts": 3}, None, 1)
    assert row.duration == timedelta()


def test_leaves_nothing_of_a_step_that_fails_and_goes_on_from_its_cursor(
    clock: SettableClock,
) -> None:
    broken = {1}

    def step(work: UnitOfWork, run: JobRun) -> Done | More:
        answer = in_three_parts(work, run)
        if run.cursor in broken:
            raise OSError("disk is full")
        return answer

    runner = started(hourly(step))
    assert runner.run_due(START + HOUR) == 0
    assert [part for _, _, part in effects()] == [0]
    (row,) = slots()
    assert (row.status, row.error, row.cursor) == ("waiting", "OSError: disk is full", 1)
    assert runner.unfinished(START + HOUR) == 1
    broken.clear()
    assert runner.run_due(START + HOUR) == 0  # it backs off
    clock.advance(timedelta(seconds=10))
    assert runner.run_due(START + HOUR) == 1
    assert [part for _, _, part in effects()] == [0, 1, 2]
    (row,) = slots()
    assert (row.status, row.error, row.attempts) == ("done", None, 2)
    assert row.counts == {"parts": 3}
    assert runner.unfinished(START + HOUR) == 0


def test_gives_up_after_its_retries_and_tells_of_it_once(clock: SettableClock) -> None:
    told: list[tuple[str, datetime, str]] = []

    def fail(_work: UnitOfWork, _run: JobRun) -> Done:
        raise ValueError("never works")

    def on_failure(work: UnitOfWork, run: JobRun, error: str) -> None:
        add_effect(work, "alert", run.slot)
        told.append((run.name, run.slot, error))

    runner = started(hourly(fail, catch_up="every"), on_failure=on_failure)
    waits = [0, 10, 60, 300, 900, 3600]
    for wait in waits:
        clock.advance(timedelta(seconds=wait))
        runner.run_due(START + HOUR)
    (row,) = slots()
    assert (row.status, row.attempts, row.failures) == ("failed", 5, 5)
    assert row.error == "ValueError: never works"
    assert told == [("test.hourly", times([9])[0], "ValueError: never works")]
    assert effects() == [("alert", times([9])[0], 0)]


def test_waits_between_retries(clock: SettableClock) -> None:
    def fail(_work: UnitOfWork, _run: JobRun) -> Done:
        raise ValueError("x" * 5000)

    runner = started(hourly(fail))
    runner.run_due(START + HOUR)
    for attempts, wait in enumerate((10, 60, 300, 900), start=1):
        clock.advance(timedelta(seconds=wait) - timedelta(microseconds=1))
        runner.run_due(START + HOUR)
        assert slots()[0].attempts == attempts
        clock.advance(timedelta(microseconds=1))
        runner.run_due(START + HOUR)
        assert slots()[0].attempts == attempts + 1
    assert len(slots()[0].error or "") == 2000


def test_goes_on_with_later_slots_while_one_backs_off() -> None:
    def fail_at_nine(work: UnitOfWork, run: JobRun) -> Done:
        if run.slot.hour == 9:
            raise ValueError("not at nine")
        return leave_mark(work, run)

    runner = started(hourly(fail_at_nine, catch_up="every"))
    assert runner.run_due(START + 3 * HOUR) == 2
    assert [slot for _, slot, _ in effects()] == times([10, 11])


def test_runs_a_step_again_after_a_deadlock() -> None:
    tries: list[int] = []

    def step(work: UnitOfWork, run: JobRun) -> Done:
        tries.append(1)
        if len(tries) == 1:
            raise TransactionConflict
        return leave_mark(work, run)

    runner = started(hourly(step))
    assert runner.run_due(START + HOUR) == 1
    assert len(tries) == 2
    assert slots()[0].failures == 0


def test_takes_over_a_run_whose_lease_has_ended_and_goes_on_from_its_cursor(
    clock: SettableClock,
) -> None:
    class Killed(BaseException):
        """What kill -9 looks like from inside: nothing else is run."""

    def step(work: UnitOfWork, run: JobRun) -> Done | More:
        if run.cursor == 2 and len(effects_here) == 0:
            effects_here.append(run)
            raise Killed
        return in_three_parts(work, run)

    effects_here: list[JobRun] = []
    runner = started(hourly(step, lease=timedelta(seconds=30)))
    with pytest.raises(Killed):
        runner.run_due(START + HOUR)
    assert slots()[0].status == "running"
    assert runner.run_due(START + HOUR) == 0
    clock.advance(timedelta(seconds=30))
    assert runner.run_due(START + HOUR) == 1
    assert [part for _, _, part in effects()] == [0, 1, 2]
    assert slots()[0].attempts == 2


def test_refuses_what_a_run_that_was_taken_over_still_wants_to_write(
    clock: SettableClock,
) -> None:
    calls: list[OutsideRun] = []

    def freeze_at_first(run: OutsideRun) -> Done:
        calls.append(run)
        if len(calls) == 1:
            clock.advance(timedelta(seconds=30))
            assert JobRunner([outside]).run_due(START + HOUR) == 1  # somebody else does all of it
            with pytest.raises(LeaseLost):
                run.keep_alive("mine")
        return Done({"calls": 1})

    outside = OutsideJob(
        name="test.hourly",
        schedule="0 * * * *",
        call=freeze_at_first,
        lease=timedelta(seconds=30),
    )
    assert started(outside).run_due(START + HOUR) == 0  # its own end no longer counts
    (row,) = slots()
    assert (row.status, row.attempts, row.counts, row.cursor) == ("done", 2, {"calls": 1}, None)


def test_keeps_no_failure_of_a_run_that_was_taken_over(clock: SettableClock) -> None:
    calls: list[OutsideRun] = []

    def fail_at_first(run: OutsideRun) -> Done:
        calls.append(run)
        if len(calls) == 1:
            clock.advance(timedelta(minutes=2))
            assert JobRunner([outside]).run_due(START + HOUR) == 1
            raise OSError("too late to matter")
        return Done()

    outside = OutsideJob(name="test.hourly", schedule="0 * * * *", call=fail_at_first)
    assert started(outside).run_due(START + HOUR) == 0
    (row,) = slots()
    assert (row.status, row.error, row.failures) == ("done", None, 0)


def test_has_no_duration_before_its_end() -> None:
    started(hourly())
    planning.plan_slots([hourly()], START + HOUR, UTC_ZONE)
    assert slots()[0].duration is None


def test_keeps_the_lease_and_cursor_of_a_job_that_calls_the_outside(
    clock: SettableClock,
) -> None:
    def call(run: OutsideRun) -> Done:
        assert run.cursor is None
        for page in range(3):
            clock.advance(timedelta(seconds=20))
            run.keep_alive({"page": page})
            assert JobRunner([outside]).run_due(START + HOUR) == 0
        raise ConnectionError("away")

    def go_on(run: OutsideRun) -> Done:
        assert run.cursor == {"page": 2}
        return Done({"pages": 1})

    schedule, lease = "0 * * * *", timedelta(seconds=30)
    outside = OutsideJob(name="test.hourly", schedule=schedule, call=call, lease=lease)
    started(outside).run_due(START + HOUR)
    assert slots()[0].cursor == {"page": 2}
    clock.advance(timedelta(seconds=10))
    again = OutsideJob(name="test.hourly", schedule=schedule, call=go_on, lease=lease)
    assert JobRunner([again]).run_due(START + HOUR) == 1
    assert slots()[0].counts == {"pages": 1}


def test_works_on_one_slot_of_a_job_at_a_time() -> None:
    job = hourly(catch_up="every")
    started(job)
    planning.plan_slots([job], START + 2 * HOUR, UTC_ZONE)
    with unit_of_work() as work:
        first = claim_next(work, job, START + 2 * HOUR)
    with unit_of_work() as work:
        second = claim_next(work, job, START + 2 * HOUR)
    assert first is not None
    assert first.slot == times([9])[0]
    assert second is None


def test_runs_a_job_by_hand_outside_its_schedule(clock: SettableClock) -> None:
    runner = started(hourly(in_three_parts))
    row = runner.run_now("test.hourly")
    assert (row.status, row.slot, row.counts) == ("done", START, {"parts": 3})
    clock.advance(HOUR)
    assert runner.run_due(START + HOUR) == 1  # the planned slot is not replaced by it
    assert {slot for _, slot, _ in effects()} == {START, times([9])[0]}


def test_refuses_to_run_a_job_that_nobody_declares() -> None:
    with pytest.raises(UnknownJob):
        started(hourly()).run_now("test.weekly")


def test_leaves_slots_of_jobs_that_are_no_longer_declared() -> None:
    started(hourly())
    planning.plan_slots([hourly()], START + HOUR, UTC_ZONE)
    assert JobRunner([]).run_due(START + HOUR) == 0
    assert slots()[0].status == "waiting"


def test_pins_business_time_for_the_whole_run(clock: SettableClock) -> None:
    """A step reads business time although its unit of work is open."""
    ahead = timedelta(days=3)
    configure_clocks(Clocks(system=clock, read_offset=lambda: ahead))
    seen: list[datetime] = []

    def step(_work: UnitOfWork, _run: JobRun) -> Done:
        seen.append(clocks.business_now())
        return Done()

    runner = started(hourly(step))
    assert runner.run_due(START + HOUR) == 1
    assert seen == [system_now() + ahead]
