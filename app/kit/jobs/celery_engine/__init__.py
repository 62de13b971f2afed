"""The engine of larger instances: beat asks for turns, Celery's workers take them.

Importing it costs as much as the rest of a start, so only processes with `JOBS=celery` do.
"""

from app.kit.jobs.celery_engine.engine import CeleryEngine
from app.kit.jobs.celery_engine.processes import run_beat, run_worker

__all__ = ["CeleryEngine", "run_beat", "run_worker"]
