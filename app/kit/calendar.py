"""Calendar arithmetic without a clock: months that keep their anchor, days and months of a zone.

All instants are aware datetimes in UTC; all windows are half-open, ``start <= t < end`` (D0).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of time in UTC; it holds its start and not its end."""

    start: datetime
    end: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end


def add_months(anchor: datetime, months: int) -> datetime:
    """The anchor moved by whole months, in UTC; a day the month lacks becomes its last day.

    Always count from the anchor itself, never from an earlier result: 31 January plus one month
    is 28 February, plus two is 31 March (D15). The time of day is kept. Raises ValueError for a
    naive anchor.
    """
    anchor = _as_utc(anchor)
    year, month_index = divmod(anchor.year * MONTHS_PER_YEAR + anchor.month - 1 + months, 12)
    last_day = monthrange(year, month_index + 1)[1]
    return anchor.replace(year=year, month=month_index + 1, day=min(anchor.day, last_day))


def monthly_window(anchor: datetime, at: datetime) -> Window:
    """The month counted from the anchor that holds `at`, before the anchor too (D15).

    Raises ValueError for a naive time.
    """
    return _anchored_window(anchor, at, step=1)


def annual_window(anchor: datetime, at: datetime) -> Window:
    """The year counted from the anchor that holds `at`; 29 February returns in leap years.

    Raises ValueError for a naive time.
    """
    return _anchored_window(anchor, at, step=MONTHS_PER_YEAR)


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """The calendar date that people in the zone have at this instant."""
    return _as_utc(at).astimezone(zone).date()


def local_day_bounds(day: date, zone: ZoneInfo) -> Window:
    """The instants of a zone's calendar day: 23, 24 or 25 hours around a change of offset."""
    return Window(_day_start(day, zone), _day_start(day + timedelta(days=1), zone))


def local_month_bounds(day: date, zone: ZoneInfo) -> Window:
    """The instants of the zone's calendar month that holds the day."""
    first = day.replace(day=1)
    following = first + timedelta(days=monthrange(first.year, first.month)[1])
    return Window(_day_start(first, zone), _day_start(following, zone))


def _anchored_window(anchor: datetime, at: datetime, *, step: int) -> Window:
    anchor, at = _as_utc(anchor), _as_utc(at)
    months = (at.year - anchor.year) * MONTHS_PER_YEAR + at.month - anchor.month
    first = months // step * step
    if add_months(anchor, first) > at:  # the boundary lies later in the month of `at`
        first -= step
    return Window(add_months(anchor, first), add_months(anchor, first + step))


def _day_start(day: date, zone: ZoneInfo) -> datetime:
    # fold=0 is right in every case: the first of two midnights, and for a midnight that a change
    # of offset skips, the instant of the change itself.
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def _as_utc(at: datetime) -> datetime:
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError(f"{at!r} has no time zone; instants are aware and in UTC")
    return at.astimezone(UTC)
