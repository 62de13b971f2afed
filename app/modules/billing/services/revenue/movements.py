"""Months of revenue: how it moved from one end to the other, to the cent; pure (D27)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.modules.billing.repositories.revenue_rows import BEFORE_ALL, Movement, MovementSum


@dataclass
class RevenueMonth:
    """One month; annual amounts in minor units, exact, losses negative.

    `subscriptions` counts by movement; `paying_at_start` those who paid when it began.
    """

    month: date
    opening_arr_cents: int = 0
    arr_cents: dict[Movement, int] = field(default_factory=lambda: dict.fromkeys(Movement, 0))
    subscriptions: dict[Movement, int] = field(default_factory=lambda: dict.fromkeys(Movement, 0))
    paying_at_start: int = 0

    @property
    def closing_arr_cents(self) -> int:
        """What the month ended with: its beginning and all movements."""
        return self.opening_arr_cents + sum(self.arr_cents.values())

    @property
    def paying_at_end(self) -> int:
        """How many paid when it ended."""
        began = self.subscriptions[Movement.NEW] + self.subscriptions[Movement.REACTIVATION]
        return self.paying_at_start + began - self.subscriptions[Movement.CHURN]

    @property
    def logo_churn(self) -> float | None:
        """Which part of those who paid at the start stopped; None where nobody paid."""
        if not self.paying_at_start:
            return None
        return self.subscriptions[Movement.CHURN] / self.paying_at_start

    @property
    def revenue_churn(self) -> float | None:
        """Which part of the revenue at the start was lost, by leaving or paying less."""
        if not self.opening_arr_cents:
            return None
        lost = self.arr_cents[Movement.CHURN] + self.arr_cents[Movement.CONTRACTION]
        return -lost / self.opening_arr_cents


def revenue_months(sums: Iterable[MovementSum], months: Sequence[date]) -> list[RevenueMonth]:
    """Put sums into months; each opens with what the one before closed with."""
    found = [RevenueMonth(month) for month in months]
    before = RevenueMonth(date.min)
    for one in sums:
        month = before if one.month == BEFORE_ALL else found[one.month]
        movement = Movement(one.movement)
        month.arr_cents[movement] += one.arr_cents
        month.subscriptions[movement] += one.subscriptions
    for month in found:
        month.opening_arr_cents = before.closing_arr_cents
        month.paying_at_start = before.paying_at_end
        before = month
    return found
