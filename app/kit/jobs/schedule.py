"""When a job is due: cron expressions in a time zone, answered as instants; no clock in here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import croniter

HOUR_FIELD = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cron expression of five fields (a sixth gives seconds) in a time zone.

    Around a change of offset it does what cron's users expect: a fixed local time that the clocks
    skip comes at the end of the gap, one that comes twice counts once, and a schedule over all
    hours keeps real time. Raises ValueError for an expression that croniter cannot read.
    """

    cron: str
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not croniter.is_valid(self.cron):
            raise ValueError(f"{self.cron!r} is not a cron expression")

    def slots(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """The slots in `after < slot <= until`, in order and in UTC."""
        ticks = croniter(self.cron, after.astimezone(self.zone), ret_type=datetime)
        while (slot := ticks.get_next().astimezone(UTC)) <= until:
            if not self._is_repeated(slot):
                yield slot

    def latest(self, until: datetime) -> datetime:
        """The last slot not after `until`, in UTC."""
        just_after = until.astimezone(self.zone) + timedelta(microseconds=1)
        ticks = croniter(self.cron, just_after, ret_type=datetime)
        slot = ticks.get_prev().astimezone(UTC)
        while self._is_repeated(slot):
            slot = ticks.get_prev().astimezone(UTC)
        return slot

    def _is_repeated(self, slot: datetime) -> bool:
        """Whether a fixed local hour comes here for the second time."""
        has_fixed_hour = not self.cron.split()[HOUR_FIELD].startswith("*")
        return has_fixed_hour and slot.astimezone(self.zone).fold == 1
