"""A forecast: what the best of many smoothings say together, and how far off they used to be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.modules.billing.services.forecasting.cleaning import without_spikes
from app.modules.billing.services.forecasting.intervals import spread_of
from app.modules.billing.services.forecasting.scales import LOGARITHMIC, PLAIN, Scale
from app.modules.billing.services.forecasting.smoothing import (
    NO_SEASON,
    Floats,
    Ints,
    walk,
)

Bools = npt.NDArray[np.bool_]

LEAST_POINTS = 7  # a projection from less would be a guess (D34)
BEST = 40  # sets whose mean is the forecast: steadier than any one of them
SEEN_STEPS = 14  # steps whose errors are looked at; what lies beyond is carried on
LAST_ORIGINS = 120  # what is older says little about the days to come
MOST_ORIGINS = 60  # and of more than so many, every second one will do
HELD_OUT = 4  # a quarter of the origins tests what the others chose


@dataclass(frozen=True)
class Accuracy:
    """How good the method was on days it had not seen.

    `mase` is the mean absolute error by that of "as last season" within the series: below 1 is
    better. `coverage_95` is the share of points within their 95 % interval.
    """

    mase: float
    coverage_95: float
    points: int


@dataclass(frozen=True)
class Forecast:
    """Expected values for the steps 1, 2, … after the last point, with their intervals.

    `period` is the season found, 1 is none. `accuracy` is None where too few points are known
    to hold some back.
    """

    mean: Floats
    low_80: Floats
    high_80: Floats
    low_95: Floats
    high_95: Floats
    period: int
    accuracy: Accuracy | None


@dataclass(frozen=True)
class _Voices:
    """What all sets say now (steps, sets), and how wrong they were (origins, steps, sets).

    `known` tells at which origins and steps there is a truth to compare with.
    """

    now: Floats
    errors: Floats
    known: Bools
    periods: Ints

    def errors_of(self, chosen: Ints) -> Floats:
        """Return the errors of the mean of some sets; NaN where the truth is not known."""
        return np.where(self.known, self.errors[:, :, chosen].mean(axis=2), np.nan)

    def best(self, origins: int) -> Ints:
        """Return the sets that were best at the first `origins`, each step counting the same."""
        known = self.known[:origins]
        weights = known / np.maximum(known.sum(axis=0), 1)
        scores = np.tensordot(weights, np.abs(self.errors[:origins]), axes=2)
        return np.argsort(scores, kind="stable")[:BEST]

    def period_of(self, chosen: Ints) -> int:
        """Return the season that most of some sets have."""
        return int(np.bincount(self.periods[chosen]).argmax())


def forecast(
    values: Sequence[float] | Floats, horizon: int, *, periods: Sequence[int] = (7,)
) -> Forecast | None:
    """Forecast `horizon` steps of a series at equal distances; NaN is a gap.

    `periods` are the seasons that may be in it; each is tried beside none. Returns None with
    fewer than seven points. Spikes are left out of everything.
    """
    series = np.asarray(values, dtype=np.float64)
    if np.isfinite(series).sum() < LEAST_POINTS:
        return None
    series = series[int(np.flatnonzero(np.isfinite(series))[0]) :]
    possible = [one for one in periods if one > NO_SEASON and len(series) >= 3 * one]
    clean = without_spikes(series, possible[0] if possible else NO_SEASON)
    voices = _listen(clean, possible, horizon)
    chosen = voices.best(len(voices.errors))
    mean = voices.now[:, chosen].mean(axis=1)
    spread = spread_of(voices.errors_of(chosen), horizon)
    return Forecast(
        mean,
        mean - spread.within_80,
        mean + spread.within_80,
        mean - spread.within_95,
        mean + spread.within_95,
        period=voices.period_of(chosen),
        accuracy=_back_test(voices, clean),
    )


def _listen(series: Floats, possible: Sequence[int], horizon: int) -> _Voices:
    count = len(series)
    steps = min(horizon, SEEN_STEPS, max(1, count // 4))
    longest = max(possible, default=NO_SEASON)
    first = min(max(count // 3, 2 * longest if longest > NO_SEASON else 0, 3), count - 3)
    past = np.arange(max(first, count - 1 - LAST_ORIGINS), count - 1)
    apart = 1 + len(past) // MOST_ORIGINS
    origins = past[(len(past) - 1) % apart :: apart]
    targets = origins[:, None] + np.arange(1, steps + 1)
    truth = np.where(targets < count, series[np.minimum(targets, count - 1)], np.nan)
    known = np.isfinite(truth)
    now, errors, periods = [], [], []
    for period in (NO_SEASON, *possible):
        for scale in _scales(series):
            states = walk(
                scale.there(series),
                period,
                np.append(origins, count - 1),
                dampings=scale.dampings,
            )
            now.append(scale.back(states.last().say(horizon)[0]))
            off = scale.back(states.but_last().say(steps)) - truth[:, :, None]
            off[~known] = 0.0
            errors.append(off)
            periods.append(np.full(off.shape[2], period))
    return _Voices(
        np.concatenate(now, axis=1), np.concatenate(errors, axis=2), known, np.concatenate(periods)
    )


def _scales(series: Floats) -> Sequence[Scale]:
    return (PLAIN, LOGARITHMIC) if np.nanmin(series) > 0 else (PLAIN,)


def _back_test(voices: _Voices, series: Floats) -> Accuracy | None:
    """Choose by the earlier origins alone, and look how good the choice was on the later ones."""
    origins, steps = voices.known.shape
    later = origins // HELD_OUT
    before = origins - later - steps  # when the first of the later ones spoke, so much was known
    if later < 1 or before < LEAST_POINTS:
        return None
    chosen = voices.best(before)
    errors = voices.errors_of(chosen)
    width = spread_of(errors[:before], steps).within_95
    test = np.abs(errors[-later:])
    known = np.isfinite(test)
    period = voices.period_of(chosen)
    usual = float(np.nanmean(np.abs(series[period:] - series[:-period])))
    if not known.any() or not usual > 0:
        return None
    return Accuracy(
        mase=float(test[known].mean()) / usual,
        coverage_95=float((test <= width)[known].mean()),
        points=int(known.sum()),
    )
