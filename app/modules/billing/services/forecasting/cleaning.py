"""What is no part of how a figure grows: lone spikes, and the days before anything began."""

from collections.abc import Sequence

import numpy as np

from app.modules.billing.services.forecasting.smoothing import Floats

LAGS = (1, 2, 3)
FAR_OUT = 8.0  # robust standard deviations; ordinary noise never gets there
NORMAL = 1.4826  # what makes a median deviation a standard deviation of normal noise


def without_spikes(values: Floats, period: int) -> Floats:
    """Return the series with lone points far from what their neighbours say taken out (NaN).

    A slope is no spike, nor is a step, which its neighbours follow; what comes each season is
    expected.
    """
    if len(values) <= 2 * max(LAGS):
        return values
    off = _off_neighbours(values)
    if len(values) >= 3 * period:
        phases = np.arange(len(values)) % period
        off -= np.array([_median(off[phases == one]) for one in range(period)])[phases]
    size = np.abs(off)
    usual = NORMAL * _median(size) or float(np.nanmean(size))
    if not usual > 0:
        return values
    # At the ends the noise of what is extrapolated counts double.
    allowed = np.full(len(values), FAR_OUT * usual)
    allowed[: max(LAGS)] *= 2
    allowed[-max(LAGS) :] *= 2
    return np.where(size > allowed, np.nan, values)


def _off_neighbours(values: Floats) -> Floats:
    """Return how far each point is from what its neighbours lead to, the nearest of three ways.

    Between both sides, on from the left, back from the right: a step is near one of them.
    """
    ways = np.full((3, len(LAGS), len(values)), np.nan)
    for row, lag in enumerate(LAGS):
        ways[0, row, lag:-lag] = (values[: -2 * lag] + values[2 * lag :]) / 2
        ways[1, row, 2 * lag :] = 2 * values[lag:-lag] - values[: -2 * lag]
        ways[2, row, : -2 * lag] = 2 * values[lag:-lag] - values[2 * lag :]
    off = values - np.array([_medians(way) for way in ways])
    nearest = np.argmin(np.where(np.isfinite(off), np.abs(off), np.inf), axis=0)
    return np.asarray(np.take_along_axis(off, nearest[None], axis=0)[0])


def _medians(rows: Floats) -> Floats:
    known = np.isfinite(rows).any(axis=0)
    found = np.full(rows.shape[1], np.nan)
    found[known] = np.nanmedian(rows[:, known], axis=0)
    return found


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else 0.0


def from_first_use(days: Sequence[int]) -> list[float]:
    """Return the days from the first with anything on: before it nobody was there."""
    first = next((place for place, value in enumerate(days) if value), len(days))
    return [float(value) for value in days[first:]]
