"""Turns schedules into slots: every slot is written down once, however many processes plan."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.jobs.job import Job
from app.kit.jobs.models import JobSchedule, JobSlot
from app.kit.upsert import insert_or_ignore

SLOTS_A_UNIT = 500


def plan_slots(jobs: Iterable[Job], now: datetime, zone: ZoneInfo) -> None:
    """Write down the slots of `jobs` up to `now`, business time; opens its own units of work.

    A job seen for the first time starts with its next slot, not with the past.
    """
    with unit_of_work(read_only=True) as work:
        planned = {row.name: row.planned_until for row in work.session.scalars(select(JobSchedule))}
    for job in jobs:
        until = planned.get(job.name)
        while until is None or job.schedule_in(zone).latest(now) > until:
            with unit_of_work() as work:
                until = _plan_job(work, job, now=now, zone=zone)


def _plan_job(work: UnitOfWork, job: Job, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Plan one job a bit further; return how far its slots are known."""
    insert_or_ignore(work.session, JobSchedule, [{"name": job.name, "planned_until": now}])
    known = work.session.get_one(JobSchedule, job.name, with_for_update=True)
    schedule = job.schedule_in(zone)
    if job.catch_up == "latest":
        newest = schedule.latest(now)
        slots = [newest] if newest > known.planned_until else []
        _skip_unstarted(work, job, slots)
    else:
        slots = list(islice(schedule.slots(known.planned_until, now), SLOTS_A_UNIT))
    insert_or_ignore(work.session, JobSlot, [_waiting(job, slot) for slot in slots])
    known.planned_until = slots[-1] if slots else max(now, known.planned_until)
    return known.planned_until


def _skip_unstarted(work: UnitOfWork, job: Job, newer: list[datetime]) -> None:
    """Leave out older slots that nobody has begun: a newer one does their work."""
    for slot in newer:
        work.session.execute(
            update(JobSlot)
            .where(JobSlot.name == job.name, JobSlot.slot < slot)
            .where(JobSlot.status == "waiting", JobSlot.attempts == 0)
            .values(status="skipped")
        )


def _waiting(job: Job, slot: datetime) -> dict[str, object]:
    return {
        "name": job.name,
        "slot": slot,
        "status": "waiting",
        "available_at": system_now(),
        "attempts": 0,
        "failures": 0,
        "counts": {},
    }
