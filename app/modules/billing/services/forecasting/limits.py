"""When a forecast reaches a limit."""

from dataclasses import dataclass

from app.modules.billing.services.forecasting.forecast import Forecast
from app.modules.billing.services.forecasting.smoothing import Floats


@dataclass(frozen=True)
class ReachedIn:
    """Steps until a limit is reached: expected, and at the earliest (95 %); None: not foreseen."""

    expected: int | None
    earliest: int | None


def reached_in(forecast: Forecast, limit: float) -> ReachedIn:
    """Return after how many steps a limit is reached; 1 is the first step of the forecast."""
    return ReachedIn(_first(forecast.mean, limit), _first(forecast.high_95, limit))


def _first(values: Floats, limit: float) -> int | None:
    passed = (values >= limit).nonzero()[0]
    return int(passed[0]) + 1 if len(passed) else None
