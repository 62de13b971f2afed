"""What would change if plans, or those who have them, changed (D32, D34)."""

from datetime import date

import pytest

from app.modules.billing.services.capacity.scenario import (
    Allowance,
    Growth,
    LimitChange,
    Move,
    Payers,
    Plan,
    PlannedFeature,
    Scenario,
    allowance_after,
    arr_after,
    step_on,
)

PRODUCTS, ORDERS = PlannedFeature.PRODUCTS, PlannedFeature.ORDERS
DAY = date(2026, 11, 23)
ESSENTIAL = Plan(
    limits={PRODUCTS: 200, ORDERS: 100},
    followers={PRODUCTS: 50, ORDERS: 48},
    yearly_cents={False: 58_800, True: 49_000},
    payers={False: Payers(30, 30 * 58_800), True: Payers(10, 10 * 49_000)},
)
PROFESSIONAL = Plan(
    limits={PRODUCTS: None, ORDERS: 500},
    followers={PRODUCTS: 10, ORDERS: 10},
    yearly_cents={False: 118_800, True: 99_000},
    payers={False: Payers(10, 10 * 118_800)},
)
BARE = Plan({}, {PRODUCTS: 4, ORDERS: 4}, {False: 0, True: 0}, {})
PLANS = {"essential": ESSENTIAL, "professional": PROFESSIONAL, "bare": BARE}
MOVE = Scenario(move=Move("essential", "professional", 20))
GROWTH = Scenario(growth=Growth("professional", per_month=30, months=2))


def test_those_who_move_to_more_orders_bring_the_difference() -> None:
    # 20 % of 48 are 10: each has 500 instead of 100.
    after = allowance_after(MOVE, PLANS, feature=ORDERS, before=Allowance(9_800, 0))
    assert after == Allowance(9_800 + 10 * (500 - 100), 0)


def test_those_who_move_to_an_unlimited_plan_take_their_limit_along() -> None:
    after = allowance_after(MOVE, PLANS, feature=PRODUCTS, before=Allowance(10_700, 10))
    assert after == Allowance(10_700 - 10 * 200, 20)


def test_a_tier_without_the_feature_allows_nothing() -> None:
    gone = Scenario(move=Move("essential", "bare", 100))
    after = allowance_after(gone, PLANS, feature=PRODUCTS, before=Allowance(10_700, 10))
    assert after == Allowance(700, 10)


@pytest.mark.parametrize(
    ("tier", "value", "expected"),
    [
        ("essential", 500, Allowance(10_000 + 50 * 300, 10)),
        ("essential", None, Allowance(0, 60)),
        ("professional", 500, Allowance(10_000 + 10 * 500, 0)),
        ("bare", 7, Allowance(10_000 + 4 * 7, 10)),
    ],
)
def test_a_limit_changes_for_all_who_follow_it(
    tier: str, value: int | None, expected: Allowance
) -> None:
    changed = Scenario(limit=LimitChange(tier, PRODUCTS, value))
    before = Allowance(10_000, 10)
    assert allowance_after(changed, PLANS, feature=PRODUCTS, before=before) == expected
    assert allowance_after(changed, PLANS, feature=ORDERS, before=before) == before


def test_merchants_who_come_bring_the_limit_of_their_tier() -> None:
    after = allowance_after(GROWTH, PLANS, feature=ORDERS, before=Allowance(9_800, 0))
    assert after == Allowance(9_800 + 60 * 500, 0)


def test_all_parts_of_a_scenario_happen_together() -> None:
    together = Scenario(MOVE.move, LimitChange("professional", ORDERS, 1_000), GROWTH.growth)
    after = allowance_after(together, PLANS, feature=ORDERS, before=Allowance(9_800, 0))
    # 38 stay with 100; 10 were there, 10 move and 60 come: 80 with 1,000.
    assert after == Allowance(38 * 100 + 80 * 1_000, 0)


def test_who_moves_pays_the_list_price_of_the_same_interval() -> None:
    # 6 of 30 by the month, 2 of 10 by the year.
    expected = 6 * (118_800 - 58_800) + 2 * (99_000 - 49_000)
    assert arr_after(MOVE, PLANS, before=1_000_000) == 1_000_000 + expected


def test_what_is_lost_by_a_move_is_the_average_of_what_they_paid() -> None:
    discounted = Plan({}, ESSENTIAL.followers, {}, {False: Payers(3, 100_000)})
    plans = {"essential": discounted, "professional": PROFESSIONAL}
    one = Scenario(move=Move("essential", "professional", 33))
    assert arr_after(one, plans, before=100_000) == 100_000 - 33_333 + 118_800


def test_merchants_who_come_pay_by_the_month() -> None:
    assert arr_after(GROWTH, PLANS, before=5) == 5 + 60 * 118_800


def test_a_limit_alone_earns_nothing() -> None:
    changed = Scenario(limit=LimitChange("essential", PRODUCTS, 500))
    assert arr_after(changed, PLANS, before=5) == 5


def test_the_next_step_comes_earlier_with_more_merchants() -> None:
    expected = [40 + n // 6 for n in range(1, 181)]  # 5 a month
    assert step_on(40, DAY, expected) == date(2027, 1, 22)  # the 60th day
    assert step_on(40, DAY, expected, more_a_month=30) == date(2026, 12, 2)  # the 9th


def test_a_step_that_is_reached_already_is_today() -> None:
    assert step_on(50, DAY, [51, 52]) == DAY


def test_a_step_beyond_the_forecast_is_not_foreseen() -> None:
    assert step_on(40, DAY, [41, 42]) is None


def test_there_is_no_step_behind_the_largest_size() -> None:
    assert step_on(1_001, DAY, [2_000], more_a_month=30) is None
