"""How a job is declared, and what its function is given and answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from app.kit.db import UnitOfWork
from app.kit.jobs.schedule import Schedule

Counts = Mapping[str, int]
CatchUp = Literal["every", "latest"]


@dataclass(frozen=True, slots=True)
class Done:
    """The run is complete; `counts` say what was done since the last answer."""

    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class More:
    """Some of the run is done; the next step gets `cursor`, any JSON that says where to go on."""

    cursor: Any
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobRun:
    """What a step is told: the slot it works for, and the cursor of the step before (or None)."""

    name: str
    slot: datetime
    cursor: Any


@dataclass(frozen=True, slots=True)
class OutsideRun(JobRun):
    """What a job that calls the outside is told, with the means to keep its lease."""

    renew: Callable[[Any], None]

    def keep_alive(self, cursor: Any = None) -> None:
        """Say that the job still works; to be called more often than its lease lasts.

        A cursor is kept for whoever goes on after a crash. Opens a unit of work of its own, so
        none may be open. Raises LeaseLost when another process has taken the run over: stop then.
        """
        self.renew(cursor)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job: `name` is `<module>.<verb>`, `schedule` a cron expression in `zone`.

    Without a zone the one of the runner holds. `catch_up` says what slots missed while nothing
    ran mean: `every` runs them all in order, `latest` only the newest. `lease` is how long a run
    may be silent before another process takes it over: longer than its slowest step.
    """

    name: str
    schedule: str
    catch_up: CatchUp = "latest"
    zone: str | None = None
    lease: timedelta = timedelta(minutes=2)

    def schedule_in(self, default_zone: ZoneInfo) -> Schedule:
        """Return when this job is due. Raises ValueError for a wrong expression or zone."""
        return Schedule(self.schedule, ZoneInfo(self.zone) if self.zone else default_zone)


@dataclass(frozen=True, kw_only=True)
class StepJob(Job):
    """A job of database work alone: each step happens exactly once, whatever is killed.

    The runner opens the unit of work; the step's effect, its cursor and counts and the lease are
    committed together. Keep steps small: they hold SQLite's write lock.
    """

    step: Callable[[UnitOfWork, JobRun], Done | More]


@dataclass(frozen=True, kw_only=True)
class OutsideJob(Job):
    """A job that calls the outside and opens its own units of work between calls (S2).

    After a crash it starts again from its last cursor, so its effects must bear repetition.
    """

    call: Callable[[OutsideRun], Done]
