"""Entry points of Celery's processes: workers, and the beat that asks them for turns."""

from collections.abc import Sequence

from app import bootstrap
from app.kit.jobs.celery_engine import CeleryEngine, run_beat, run_worker
from app.kit.settings import SettingsError


def work(turns: Sequence[str]) -> int:
    """Take `turns`, or all, until told to stop; returns the exit code.

    Raises SettingsError where jobs are not Celery's, or there is no such turn.
    """
    system = bootstrap.start()
    engine = _engine_of(system)
    unknown = sorted(set(turns) - set(engine.turns))
    if unknown:
        known = ", ".join(engine.turns)
        raise SettingsError(f"Nobody takes turns at {', '.join(unknown)}; there are: {known}.")
    system.start()
    try:
        return run_worker(engine.app, turns=turns)
    finally:
        system.stop()


def beat() -> None:
    """Ask for every turn once a second until told to stop. Raises SettingsError as `work`."""
    run_beat(_engine_of(bootstrap.start()).app)


def _engine_of(system: bootstrap.System) -> CeleryEngine:
    engine = system.background.engine
    if not isinstance(engine, CeleryEngine):
        raise SettingsError("JOBS: must be celery for workers and beat.")
    return engine
