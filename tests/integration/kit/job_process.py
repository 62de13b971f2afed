"""A process with the in-process runner, as a web process has one; killed by its test at will."""

import sys
from datetime import timedelta

import structlog

from app.kit.db import Database, UnitOfWork, configure_database, unit_of_work
from app.kit.jobs import (
    JOBS_TURN,
    Done,
    InProcessEngine,
    JobRun,
    JobRunner,
    More,
    OutsideJob,
    OutsideRun,
    StepJob,
)
from tests.integration.kit.jobs_table import add_effect

PARTS = 4
LEASE = timedelta(seconds=1)
EVERY_MINUTE = "* * * * *"


def in_parts(work: UnitOfWork, run: JobRun) -> Done | More:
    part = run.cursor or 0
    add_effect(work, run.name, run.slot, part=part)
    return Done({"parts": 1}) if part == PARTS - 1 else More(part + 1, {"parts": 1})


def at_once(work: UnitOfWork, run: JobRun) -> Done:
    add_effect(work, run.name, run.slot)
    return Done({"parts": 1})


def outside(run: OutsideRun) -> Done:
    run.keep_alive("called")
    with unit_of_work() as work:
        add_effect(work, run.name, run.slot)
    return Done({"parts": 1})


JOBS = [
    StepJob(name="kill.parts", schedule=EVERY_MINUTE, catch_up="every", lease=LEASE, step=in_parts),
    StepJob(name="kill.once", schedule=EVERY_MINUTE, catch_up="every", lease=LEASE, step=at_once),
    OutsideJob(
        name="kill.outside", schedule=EVERY_MINUTE, catch_up="every", lease=LEASE, call=outside
    ),
]


def main(url: str) -> None:
    """Work until standard input closes, then stop as a server does."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    configure_database(Database(url))
    engine = InProcessEngine({JOBS_TURN: JobRunner(JOBS).take_turn}, poll_s=0.1)
    engine.start()
    sys.stdout.write("at work\n")
    sys.stdout.flush()
    sys.stdin.read()
    sys.exit(0 if engine.stop() else 1)


if __name__ == "__main__":
    main(sys.argv[1])
