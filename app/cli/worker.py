"""Commands that run Celery's processes; both end politely on SIGTERM."""

from typing import Annotated

import typer


def worker(
    turns: Annotated[
        list[str] | None, typer.Argument(help="Only this work: jobs, outbox, …; else all.")
    ] = None,
) -> None:
    """Run a worker of background jobs, for JOBS=celery; start as many as you need."""
    from app import worker as celery_worker  # noqa: PLC0415 - Celery is slow to import

    raise typer.Exit(celery_worker.work(turns or []))


def beat() -> None:
    """Run the clock of the background jobs, for JOBS=celery; a second one does no harm."""
    from app import worker as celery_worker  # noqa: PLC0415 - Celery is slow to import

    celery_worker.beat()
