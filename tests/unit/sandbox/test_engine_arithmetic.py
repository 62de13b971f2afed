"""Periods, prorations, discounts and taxes: pure arithmetic, by properties."""

from calendar import monthrange
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.calendar import boundary, period_at
from sandbox.engine.discounting import Reduction, reduce
from sandbox.engine.proration import remaining_value
from sandbox.engine.rounding import divide, rounded, shares
from sandbox.engine.tax_table import vat_of
from sandbox.engine.taxing import Rate, tax_of

MOMENTS = st.integers(min_value=946_684_800, max_value=2_524_608_000)
INTERVALS = st.sampled_from(["day", "week", "month", "year"])
AMOUNTS = st.integers(min_value=0, max_value=10_000_000)


@given(MOMENTS, INTERVALS, st.integers(1, 6), st.integers(-40, 40))
def test_periods_tile_time(anchor: int, interval: str, count: int, number: int) -> None:
    start = boundary(anchor, interval, count, number)
    end = boundary(anchor, interval, count, number + 1)
    assert start < end
    assert period_at(anchor, interval, count, start) == (start, end)
    assert period_at(anchor, interval, count, end - 1) == (start, end)
    assert period_at(anchor, interval, count, (start + end) // 2) == (start, end)


@given(MOMENTS, st.integers(1, 12), st.integers(-40, 40))
def test_months_keep_the_anchors_day_and_time(anchor: int, count: int, number: int) -> None:
    first = datetime.fromtimestamp(anchor, UTC)
    later = datetime.fromtimestamp(boundary(anchor, "month", count, number), UTC)
    assert later.time() == first.time()
    assert later.day == min(first.day, monthrange(later.year, later.month)[1])
    months = (later.year - first.year) * 12 + later.month - first.month
    assert months == count * number


@pytest.mark.parametrize(
    ("anchor", "number", "expected"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-01-31", 2, "2027-03-31"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-03-31", -1, "2027-02-28"),
    ],
)
def test_short_months_end_where_they_end(anchor: str, number: int, expected: str) -> None:
    start = int(datetime.fromisoformat(anchor).replace(tzinfo=UTC).timestamp())
    found = datetime.fromtimestamp(boundary(start, "month", 1, number), UTC)
    assert found.date().isoformat() == expected


def test_a_leap_day_anchor_comes_back_in_the_next_leap_year() -> None:
    leap = int(datetime(2028, 2, 29, 12, tzinfo=UTC).timestamp())
    days = [datetime.fromtimestamp(boundary(leap, "year", 1, n), UTC).date() for n in range(5)]
    assert [day.isoformat() for day in days] == [
        "2028-02-29",
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-02-29",
    ]


@given(AMOUNTS, MOMENTS, st.integers(1, 400 * 86_400), st.data())
def test_what_remains_is_the_exact_share_rounded_once(
    amount: int, start: int, length: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(start - 10, start + length + 10))
    share = Fraction(min(length, max(0, start + length - at)), length)
    found = remaining_value(amount, start=start, end=start + length, at=at)
    assert abs(found - amount * share) <= Fraction(1, 2)
    assert 0 <= found <= amount


@given(AMOUNTS, st.integers(1, 400 * 86_400), st.data())
def test_less_remains_the_later_it_is(amount: int, length: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, length))
    second = data.draw(st.integers(first, length))
    early, late = (remaining_value(amount, start=0, end=length, at=at) for at in (first, second))
    assert early >= late


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (5, 3, 2), (0, 7, 0), (-1, 3, 0)],
)
def test_halves_go_away_from_zero(numerator: int, denominator: int, expected: int) -> None:
    assert divide(numerator, denominator) == expected


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_rounding_is_symmetrical(value: Fraction) -> None:
    assert rounded(-value) == -rounded(value)


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=8))
def test_shares_add_up_and_are_fair(total: int, weights: list[int]) -> None:
    parts = shares(total, weights)
    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(total * weight, whole or 1)
        assert abs(part - exact) < 1


REDUCTIONS = st.lists(
    st.one_of(
        st.builds(
            lambda percent: Reduction("", percent=Fraction(percent, 100)), st.integers(1, 10_000)
        ),
        st.builds(lambda amount: Reduction("", amount=amount), st.integers(1, 10**7)),
    ),
    max_size=3,
)


@given(st.lists(AMOUNTS, max_size=6), REDUCTIONS)
def test_discounts_never_take_more_than_there_is(
    amounts: list[int], given_reductions: list[Reduction]
) -> None:
    named = [
        Reduction(str(index), percent=each.percent, amount=each.amount)
        for index, each in enumerate(given_reductions)
    ]
    for amount, taken in zip(amounts, reduce(amounts, named), strict=True):
        assert all(part >= 0 for part in taken.values())
        assert sum(taken.values()) <= amount


def test_a_fixed_amount_is_spread_and_adds_up() -> None:
    taken = reduce([1000, 2000, 500], [Reduction("a", amount=700)])
    assert taken == [{"a": 200}, {"a": 400}, {"a": 100}]


def test_discounts_apply_one_after_the_other() -> None:
    taken = reduce([1000], [Reduction("a", percent=Fraction(50)), Reduction("b", amount=600)])
    assert taken == [{"a": 500, "b": 500}]


@given(st.integers(-(10**7), 10**7), st.integers(0, 3000))
def test_an_inclusive_tax_and_its_net_add_up_to_the_price(amount: int, tenths: int) -> None:
    tax = tax_of(amount, Rate("t", Fraction(tenths, 100), inclusive=True))
    assert tax.taxable + tax.amount == amount
    assert tax.taxable * amount >= 0


def test_exclusive_and_inclusive_tax_of_the_same_price() -> None:
    rate = Fraction(17)
    assert tax_of(2900, Rate("t", rate, inclusive=False)).amount == 493
    assert tax_of(3393, Rate("t", rate, inclusive=True)).amount == 493
    assert tax_of(-2900, Rate("t", rate, inclusive=False)).amount == -493


@pytest.mark.parametrize(
    ("country", "vat_id", "expected"),
    [
        ("LU", False, ("17", "standard_rated")),
        ("LU", True, ("17", "standard_rated")),
        ("DE", False, ("19", "standard_rated")),
        ("DE", True, ("0", "reverse_charge")),
        ("FI", False, ("25.5", "standard_rated")),
        ("US", False, ("0", "not_collecting")),
        (None, False, ("0", "not_collecting")),
    ],
)
def test_tax_follows_country_and_number(
    country: str | None, vat_id: bool, expected: tuple[str, str]
) -> None:
    assert vat_of(country, seller="LU", has_vat_id=vat_id) == expected
