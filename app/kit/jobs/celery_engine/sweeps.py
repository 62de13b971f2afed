"""What beat does at each tick: it asks for turns in case nobody else did."""

from typing import Any

from celery.beat import ScheduleEntry, Scheduler

from app.kit.jobs.celery_engine.requests import TurnRequests


class SweepScheduler(Scheduler):
    """Keeps its schedule in memory: any number of beats may tick, and one killed begins anew."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._requests = TurnRequests(self.app)

    def apply_async(self, entry: ScheduleEntry, *_given: Any, **_named: Any) -> None:
        """Ask for the turn that an entry is named after."""
        self._requests.ask(str(entry.name))
