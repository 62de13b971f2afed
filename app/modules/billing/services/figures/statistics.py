"""The figures of a business, one function each, for every page (D27)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.contracts.tenants import AdminScope
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.money import divide_half_even, per_month
from app.modules.billing.models import CUSTOMER, Figure, SubscriptionStatus
from app.modules.billing.repositories import tallies
from app.modules.billing.repositories.tier_usage import LIVE

CURRENCY = "EUR"  # the one currency that platforms may have (D0)
CHURN_DAYS = 30
CONVERSION_DAYS = 90


@dataclass
class Totals:
    """What the tallies add up to; amounts in minor units, exact."""

    by_status: Counter[str] = field(default_factory=Counter)
    live_by_tier: Counter[int] = field(default_factory=Counter)
    arr_cents: int = 0
    paying: int = 0
    recent: Counter[Figure] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All subscriptions, whatever their status."""
        return sum(self.by_status.values())

    @property
    def customers(self) -> int:
        """Those that have begun in earnest and have not ended."""
        return sum(self.by_status[status] for status in CUSTOMER)


def read_totals(work: UnitOfWork, scope: AdminScope) -> Totals:
    """Read the figures of the platforms in scope; costs the same for any number of merchants."""
    today = business_now().date()
    earliest = today - timedelta(days=CONVERSION_DAYS - 1)
    return add_up(tallies.sums(work.session, scope.platform_ids, since=earliest), today=today)


def add_up(rows: Iterable[tallies.AnyRow], *, today: date) -> Totals:
    """Add up keys and sums as `tallies.sums` returns them."""
    totals = Totals()
    for _, figure, tier_id, status, _, day, amount, paying, arr_cents in rows:
        if day is not None:
            _note_recent(totals.recent, Figure(figure), age=(today - day).days, amount=int(amount))
            continue
        totals.arr_cents += int(arr_cents)
        totals.paying += int(paying)
        if figure == Figure.SUBSCRIPTION:
            totals.by_status[status] += int(amount)
            if status in LIVE:
                totals.live_by_tier[tier_id] += int(amount)
    return totals


def mrr_cents(totals: Totals) -> int:
    """Monthly recurring revenue, in minor units; rounded half-even, for display alone."""
    return per_month(totals.arr_cents)


def arpu_cents(totals: Totals) -> int:
    """What a paying merchant brings a month on a platform, in minor units; 0 without any."""
    return divide_half_even(totals.arr_cents, 12 * totals.paying) if totals.paying else 0


def churn_rate(totals: Totals) -> float | None:
    """Which part of the customers of 30 days ago ended since; None where there were none."""
    ended = totals.recent[Figure.ENDED]
    at_start = totals.customers - totals.recent[Figure.BEGAN] + ended
    return ended / at_start if at_start > 0 else None


def trial_conversion_rate(totals: Totals) -> float | None:
    """Which part of the trials that ended in 90 days became paying; None where none ended."""
    ended = totals.recent[Figure.TRIAL_ENDED]
    return totals.recent[Figure.TRIAL_CONVERTED] / ended if ended else None


def lifetime_value_cents(totals: Totals) -> int | None:
    """ARPU over the monthly churn, in minor units; None while nobody leaves."""
    churn = churn_rate(totals)
    return round(arpu_cents(totals) / churn) if churn else None


def trials(totals: Totals) -> int:
    """How many are trying."""
    return totals.by_status[SubscriptionStatus.TRIAL]


def _note_recent(recent: Counter[Figure], figure: Figure, *, age: int, amount: int) -> None:
    of_trials = figure in {Figure.TRIAL_ENDED, Figure.TRIAL_CONVERTED}
    if age < (CONVERSION_DAYS if of_trials else CHURN_DAYS):
        recent[figure] += amount
