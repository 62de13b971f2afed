"""Taking times on a machine that others use too: both sides in turns, the median of rounds."""

from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

Work = Callable[[], object]


def in_turns(*sides: Work, rounds: int = 9) -> list[float]:
    """Run the sides in turns; returns the median seconds of each."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, taken in zip(sides, times, strict=True):
            taken.append(seconds(side))
    return [median(taken) for taken in times]


def seconds(work: Work) -> float:
    """Return how long something takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def percentile(values: list[float], percent: int) -> float:
    """Return the value that so many percent do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
