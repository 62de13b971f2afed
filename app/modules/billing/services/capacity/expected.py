"""The plain expectation of a series of days, for whoever needs no more than that."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.modules.billing.services.forecasting.cleaning import from_first_use
from app.modules.billing.services.forecasting.forecast import Accuracy, forecast

WEEK = 7


@dataclass(frozen=True)
class ExpectedValues:
    """What is expected of the next days, whole and never below zero; `values` [] from too little.

    `accuracy` is None where too few days are known to test the forecast.
    """

    values: Sequence[int] = ()
    accuracy: Accuracy | None = None


def expected_values(values: Sequence[int], days: int) -> ExpectedValues:
    """Return what is expected of the next days; those before the first with anything are none."""
    made = forecast(from_first_use(values), days, periods=(WEEK,))
    if made is None:
        return ExpectedValues()
    return ExpectedValues([max(0, round(float(value))) for value in made.mean], made.accuracy)
