"""One function for each figure of a business (D27)."""

from datetime import date, timedelta
from typing import Any

from app.modules.billing.services.figures.statistics import (
    Totals,
    add_up,
    arpu_cents,
    churn_rate,
    lifetime_value_cents,
    mrr_cents,
    trial_conversion_rate,
    trials,
)

TODAY = date(2026, 11, 23)


def there_are(status: str, amount: int, *, tier: int = 1, arr: int = 0, paying: int = 0) -> Any:
    return (1, "subscription", tier, status, "stripe", None, amount, paying, arr)


def happened(figure: str, amount: int, *, days_ago: int) -> Any:
    return (1, figure, None, None, None, TODAY - timedelta(days=days_ago), amount, 0, 0)


def totals(*rows: Any) -> Totals:
    return add_up(rows, today=TODAY)


def test_the_annual_revenue_is_exact_and_the_month_is_rounded_half_even() -> None:
    found = totals(
        there_are("active", 2, arr=30, paying=2), (1, "addon", None, None, None, None, 1, 0, 12)
    )
    assert (found.arr_cents, mrr_cents(found)) == (42, 4)


def test_a_paying_merchant_brings_the_monthly_revenue_over_the_number_of_them() -> None:
    found = totals(there_are("active", 4, arr=120_000, paying=3), there_are("trial", 5))
    assert (arpu_cents(found), trials(found)) == (3333, 5)
    assert arpu_cents(totals(there_are("trial", 5))) == 0


def test_churn_is_what_ended_in_thirty_days_over_the_customers_at_their_start() -> None:
    found = totals(
        there_are("active", 19),
        there_are("cancelled", 3),
        happened("began", 4, days_ago=29),
        happened("ended", 5, days_ago=0),
        happened("ended", 9, days_ago=30),
    )
    assert churn_rate(found) == 5 / 20


def test_nothing_is_divided_by_nothing() -> None:
    assert churn_rate(totals()) is None
    assert trial_conversion_rate(totals()) is None
    assert lifetime_value_cents(totals(there_are("active", 1, arr=1200, paying=1))) is None


def test_conversion_looks_at_the_trials_that_ended_in_ninety_days() -> None:
    found = totals(
        happened("trial_ended", 8, days_ago=89),
        happened("trial_converted", 2, days_ago=89),
        happened("trial_converted", 6, days_ago=90),
    )
    assert trial_conversion_rate(found) == 0.25


def test_a_lifetime_is_worth_the_monthly_revenue_over_the_churn() -> None:
    found = totals(there_are("active", 9, arr=108_000, paying=9), happened("ended", 1, days_ago=3))
    assert (arpu_cents(found), churn_rate(found), lifetime_value_cents(found)) == (
        1000,
        0.1,
        10_000,
    )
