"""The plain expectation of a series of days, for whoever needs no more than that."""

from collections.abc import Sequence

from app.modules.billing.services.forecasting.forecast import forecast

WEEK = 7


def expected_values(values: Sequence[int], days: int) -> list[int]:
    """Return what is expected of the next days, whole and never below zero; [] from too little."""
    made = forecast([float(value) for value in values], days, periods=(WEEK,))
    return [] if made is None else [max(0, round(float(value))) for value in made.mean]
