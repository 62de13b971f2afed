"""Calendar months of a zone, one after the other; pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.kit.calendar import local_date, local_month_bounds


def months_until(now: datetime, zone: ZoneInfo, count: int) -> list[tuple[date, datetime]]:
    """Return first day and first instant of the last `count` months and of the one to come.

    The present month is the last but one, so that each month ends where the next begins.
    """
    day = local_date(now, zone).replace(day=1)
    for _ in range(count - 1):
        day = (day - timedelta(days=1)).replace(day=1)
    found = []
    for _ in range(count + 1):
        bounds = local_month_bounds(day, zone)
        found.append((day, bounds.start))
        day = local_date(bounds.end, zone)
    return found
