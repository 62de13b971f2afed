"""Billing periods: pure arithmetic of seconds, days and anchored months, in UTC."""

import calendar
from datetime import UTC, datetime, timedelta

MONTHS = {"month": 1, "year": 12}
DAYS = {"day": 1, "week": 7}
DAY_SECONDS = 86_400


def boundary(anchor: int, interval: str, count: int, number: int) -> int:
    """The `number`-th period boundary of an anchor (negative: before it).

    Months keep the anchor's day and time of day; where a month is too short its last day counts,
    and the next long month has the anchor's day again (Stripe: billing-cycle).
    """
    start = datetime.fromtimestamp(anchor, UTC)
    if interval in DAYS:
        return int((start + timedelta(days=DAYS[interval] * count * number)).timestamp())
    months = start.year * 12 + start.month - 1 + MONTHS[interval] * count * number
    year, month = divmod(months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return int(start.replace(year=year, month=month + 1, day=day).timestamp())


def period_at(anchor: int, interval: str, count: int, moment: int) -> tuple[int, int]:
    """Start and end of the period that holds `moment`; a start belongs to its period."""
    length = boundary(anchor, interval, count, 1) - anchor
    number = (moment - anchor) // length
    while boundary(anchor, interval, count, number) > moment:
        number -= 1
    while boundary(anchor, interval, count, number + 1) <= moment:
        number += 1
    return boundary(anchor, interval, count, number), boundary(anchor, interval, count, number + 1)


def days_later(moment: int, days: int) -> int:
    """The same time of day, `days` later."""
    return moment + days * DAY_SECONDS
