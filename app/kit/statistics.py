"""What the database's planner knows of the tables, by which it chooses indexes."""

from sqlalchemy import text

from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, StepJob


def refresh_statistics(work: UnitOfWork) -> None:
    """Let the database look at its rows anew.

    PostgreSQL does so by itself before long, SQLite never; without it SQLite reads all rows of a
    status where fifty would do. Connections that are open already may go by the old statistics.
    """
    work.session.execute(text("ANALYZE"))


def _refresh(work: UnitOfWork, _run: JobRun) -> Done:
    refresh_statistics(work)
    return Done()


REFRESH_STATISTICS = StepJob(name="kit.refresh_statistics", schedule="45 2 * * *", step=_refresh)
