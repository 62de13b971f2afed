"""Exponential smoothing with damped trend and additive season, for a whole grid of parameters.

Hyndman et al., "Forecasting with Exponential Smoothing", 2008 (ETS, additive errors): each step
moves level, trend and season by shares of the last error. All parameter sets walk along the series
together, so that one pass gives what each would have said on any day, from the days before alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ALPHAS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 1.0)
TREND_SHARES = (0.0, 0.03, 0.1, 0.25, 0.5)
DAMPINGS = (0.8, 0.9, 0.95, 0.98, 1.0)
SEASON_SHARES = (0.0, 0.1, 0.3)
NO_SEASON = 1
FIRST_POINTS = 10


@dataclass(frozen=True)
class Grid:
    """Parameter sets, an element each; `phi` 0 is a level without trend."""

    alpha: Floats
    beta: Floats
    phi: Floats
    gamma: Floats

    @classmethod
    def of(cls, period: int, *, dampings: Sequence[float] = DAMPINGS) -> "Grid":
        """Return all sets for a season of `period` points."""
        seasons = SEASON_SHARES if period > NO_SEASON else (0.0,)
        level = [(a, 0.0, 0.0, g) for a, g in product(ALPHAS, seasons)]
        trend = [
            (a, a * b, phi, g) for a, b, phi, g in product(ALPHAS, TREND_SHARES, dampings, seasons)
        ]
        return cls(*np.array(level + trend).T)


@dataclass(frozen=True)
class Start:
    """Where the walk begins: level and trend before the first point, and the season's shape."""

    level: float
    trend: float
    season: Floats


def start_of(values: Floats, period: int) -> Start:
    """Estimate a beginning from the first points, robustly; gaps (NaN) are left out."""
    first = values[: 3 * period] if period > NO_SEASON else values[:FIRST_POINTS]
    if period == NO_SEASON:
        trend = median_slope(first)
        days = np.arange(len(first))
        return Start(float(np.nanmedian(first - trend * days)) - trend, trend, np.zeros(1))
    lagged = first[period:] - first[:-period]
    trend = float(np.nanmedian(lagged)) / period if np.isfinite(lagged).any() else 0.0
    middle = (len(first) - 1) / 2
    level = first - trend * (np.arange(len(first)) - middle)
    centre = float(np.nanmedian(level))
    shape = np.array([_mean(level[phase::period] - centre) for phase in range(period)])
    return Start(centre - trend * (middle + 1), trend, shape - shape.mean())


def median_slope(values: Floats) -> float:
    """Return the median of the slopes between all pairs of points (Theil and Sen)."""
    at = np.flatnonzero(np.isfinite(values))
    if len(at) < 2:
        return 0.0
    i, j = np.triu_indices(len(at), 1)
    return float(np.median((values[at[j]] - values[at[i]]) / (at[j] - at[i])))


@dataclass(frozen=True)
class States:
    """Where every parameter set stood after some origins: (origins, sets), the season between.

    An origin is the place of the last point known.
    """

    grid: Grid
    period: int
    origins: Ints
    level: Floats
    trend: Floats
    season: Floats

    def but_last(self) -> "States":
        """Return them without the last origin."""
        return self._at(slice(None, -1))

    def last(self) -> "States":
        """Return the last origin alone."""
        return self._at(slice(-1, None))

    def say(self, steps: int) -> Floats:
        """Return what each set expects 1..`steps` points after each origin."""
        ahead = np.arange(1, steps + 1)
        damped = np.cumsum(self.grid.phi ** ahead[:, None], axis=0)
        said = self.level[:, None, :] + damped * self.trend[:, None, :]
        if self.period > NO_SEASON:
            rows = np.arange(len(self.origins))[:, None]
            said += self.season[rows, (self.origins[:, None] + ahead) % self.period]
        return said

    def _at(self, places: slice) -> "States":
        return replace(
            self,
            origins=self.origins[places],
            level=self.level[places],
            trend=self.trend[places],
            season=self.season[places],
        )


def walk(values: Floats, period: int, origins: Ints, *, dampings: Sequence[float]) -> States:
    """Smooth a series with every parameter set; a gap leaves the state as it was foretold."""
    grid, start = Grid.of(period, dampings=dampings), start_of(values, period)
    count = len(grid.alpha)
    level = np.full(count, start.level)
    trend = np.where(grid.phi > 0, start.trend, 0.0)
    season = np.repeat(start.season[:, None], count, axis=1)
    places = {int(origin): place for place, origin in enumerate(origins)}
    levels, trends = np.empty((2, len(origins), count))
    seasons = np.empty((len(origins), period, count))
    for at, value in enumerate(values):
        expected = level + grid.phi * trend
        error = 0.0 if np.isnan(value) else value - expected - season[at % period]
        level = expected + grid.alpha * error
        trend = grid.phi * trend + grid.beta * error
        if period > NO_SEASON:
            season[at % period] += grid.gamma * (1 - grid.alpha) * error
        if (place := places.get(at)) is not None:
            levels[place], trends[place], seasons[place] = level, trend, season
    return States(grid, period, origins, levels, trends, seasons)


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else 0.0
