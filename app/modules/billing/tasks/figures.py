"""The job that keeps figures cheap to read (D27)."""

from app.kit.db import UnitOfWork
from app.kit.jobs import Done, JobRun, More, StepJob
from app.modules.billing.services.figures.fold import fold_tallies


def fold_figures(work: UnitOfWork, _run: JobRun) -> Done | More:
    """Sum up what has changed since the last time."""
    folded = fold_tallies(work)
    counts = {"folded": folded}
    return More(None, counts) if folded else Done(counts)


JOBS = (StepJob(name="billing.fold_figures", schedule="*/10 * * * *", step=fold_figures),)
