"""The processes of this engine: workers that take turns, and beat that asks for them."""

import logging
from collections.abc import Sequence

import structlog
from celery import Celery
from celery.apps.beat import Beat
from celery.signals import setup_logging

from app.kit.jobs.celery_engine.sweeps import SweepScheduler


def run_worker(app: Celery, *, turns: Sequence[str] = ()) -> int:
    """Take `turns`, or all, until told to stop; returns the exit code.

    On SIGTERM the worker ends when every turn that it has begun is over. Raises
    `ImproperlyConfigured` for a turn that nobody declares.
    """
    setup_logging.connect(_log_as_the_product)
    worker = app.Worker(queues=list(turns), quiet=True, without_gossip=True, without_mingle=True)
    worker.start()
    return worker.exitcode or 0


def run_beat(app: Celery) -> None:
    """Ask for every turn once a second until told to stop; there may be several such processes."""
    setup_logging.connect(_log_as_the_product)
    app.conf.beat_scheduler = SweepScheduler
    Beat(app=app, quiet=True).run()


class _StructuredLog(logging.Handler):
    """Writes what Celery says as the product writes its own log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on."""
        log = structlog.get_logger(record.name)
        log.log(record.levelno, record.getMessage(), exc_info=record.exc_info)


def _log_as_the_product(**_signal: object) -> None:
    """Stand in for Celery's own set-up of logging, which knows another format."""
    logging.basicConfig(level=logging.WARNING, handlers=[_StructuredLog()])
