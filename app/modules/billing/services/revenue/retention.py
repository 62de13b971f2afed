"""Who stays: those who began to pay in a month, month after month; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from app.modules.billing.repositories.revenue_rows import CohortSum


@dataclass(frozen=True)
class Cohort:
    """Those who first paid in `month`; `paying` counts them at the end of it and of each later one.

    `size` is how many began, those who left within the month among them.
    """

    month: date
    size: int
    paying: Sequence[int]

    @property
    def retention(self) -> list[float]:
        """Which part of the cohort still paid at each month's end."""
        return [round(count / self.size, 4) for count in self.paying]


def cohorts_of(
    sums: Iterable[CohortSum], sizes: Sequence[int], months: Sequence[date]
) -> list[Cohort]:
    """Put differences into cohorts; a month in which nobody began has none."""
    differences = [[0] * len(months) for _ in months]
    for one in sums:
        differences[one.cohort][one.month] += one.difference
    return [
        Cohort(month, sizes[place], list(accumulate(differences[place][place:])))
        for place, month in enumerate(months)
        if sizes[place]
    ]
