"""After how many days a limit is reached, from what was used day by day; pure (D34)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.modules.billing.services.forecasting.cleaning import from_first_use
from app.modules.billing.services.forecasting.forecast import Accuracy, forecast

AHEAD_DAYS = 180
WEEK = 7


@dataclass(frozen=True)
class Reaching:
    """When a limit is reached as expected: `days` from today, None within the days looked at.

    `accuracy` is that of the forecast of the days, None where too few are known to test it.
    """

    days: int | None
    accuracy: Accuracy | None


def reach_level(levels: Sequence[int], limit: int) -> Reaching | None:
    """Return when what only comes and goes reaches a limit; None from too few days.

    `levels` is what was used at the end of each day, the present one last.
    """
    made = forecast(from_first_use(levels), AHEAD_DAYS, periods=())
    if made is None:
        return None
    if levels[-1] >= limit:
        return Reaching(0, made.accuracy)
    reached = (day for day, level in enumerate(made.mean, start=1) if round(level) >= limit)
    return Reaching(next(reached, None), made.accuracy)


def reach_in_window(
    spent: Sequence[int], limit: int, *, used: int, begins: Collection[int]
) -> Reaching | None:
    """Return when what is used up within a window reaches a limit; None from too few days.

    `spent` is what was used on each day, the present one last and still going on, `used` what the
    present window has seen; a new window begins on the days ahead in `begins`.
    """
    *complete, today = spent
    made = forecast(from_first_use(complete), AHEAD_DAYS + 1, periods=(WEEK,))
    if made is None:
        return None
    total = used - today + max(float(made.mean[0]), today)
    for day in range(AHEAD_DAYS + 1):
        if day > 0:
            total = (0.0 if day in begins else total) + max(0.0, float(made.mean[day]))
        if round(total) >= limit:
            return Reaching(day, made.accuracy)
    return Reaching(None, made.accuracy)
