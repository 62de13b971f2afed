"""Forecasts: what they expect, what they survive, and when they keep silent (D34)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.modules.billing.services.forecasting.cleaning import without_spikes
from app.modules.billing.services.forecasting.forecast import LEAST_POINTS, Forecast, forecast
from app.modules.billing.services.forecasting.smoothing import Floats, median_slope

DAYS = 180


def made(values: Floats | list[float], horizon: int = 30) -> Forecast:
    found = forecast(values, horizon)
    assert found is not None
    return found


def growing(*, seed: int = 7, noise: float = 8.0) -> Floats:
    """Three a day from a thousand, with a week in it: the truth is known beyond the end."""
    days = np.arange(DAYS)
    return truth(days) + np.random.default_rng(seed).normal(0, noise, DAYS)


def truth(days: Floats | np.ndarray) -> Floats:
    return np.asarray(1000 + 3 * days + 40 * np.sin(2 * np.pi * days / 7))


def test_a_line_goes_on() -> None:
    expected = made([10.0 + 2 * day for day in range(30)], 5).mean
    assert expected == pytest.approx([70, 72, 74, 76, 78])


def test_what_never_changes_stays_and_is_certain() -> None:
    found = made([5.0] * 20, 3)
    assert found.mean == pytest.approx([5, 5, 5])
    assert found.high_95 - found.low_95 == pytest.approx([0, 0, 0], abs=1e-9)


def test_it_says_nothing_from_fewer_than_seven_points() -> None:
    assert LEAST_POINTS == 7
    assert forecast([1.0, 2, 3, 4, 5, 6], 5) is None
    assert forecast([1.0, 2, 3, float("nan"), 4, 5, 6], 5) is None
    assert forecast([1.0, 2, 3, float("nan"), 4, 5, 6, 7], 5) is not None


def test_trend_and_week_are_found() -> None:
    found = made(growing())
    assert found.period == 7
    assert np.abs(found.mean - truth(np.arange(DAYS, DAYS + 30))).max() < 25


def test_no_season_is_seen_where_there_is_none() -> None:
    noise = np.random.default_rng(3).normal(100, 5, DAYS)
    assert made(noise).period == 1


def test_an_outage_of_ten_days_does_not_derail_the_trend() -> None:
    values = growing()
    values[120:130] = np.nan
    found = made(values)
    assert np.abs(found.mean - truth(np.arange(DAYS, DAYS + 30))).max() < 30


@pytest.mark.parametrize("place", [60, 120, DAYS - 1])
def test_a_spike_does_not_derail_the_trend(place: int) -> None:
    values = growing()
    values[place] *= 4
    found = made(values)
    assert np.abs(found.mean - truth(np.arange(DAYS, DAYS + 30))).max() < 40


def test_a_step_is_no_spike() -> None:
    values = np.r_[np.full(60, 100.0), np.full(30, 200.0)] + np.random.default_rng(1).normal(
        0, 1, 90
    )
    assert np.isfinite(without_spikes(values, 1)).all()
    assert made(values).mean[0] == pytest.approx(200, abs=8)


def test_the_method_tells_how_good_it_was_on_days_held_back() -> None:
    accuracy = made(growing()).accuracy
    assert accuracy is not None
    assert accuracy.mase < 0.6  # far better than "as a week ago"
    assert 0.85 <= accuracy.coverage_95 <= 1
    assert accuracy.points > 100


def test_too_short_a_history_has_no_accuracy() -> None:
    assert made([1.0, 3, 2, 4, 3, 5, 4, 6]).accuracy is None


def test_the_median_slope_does_not_follow_one_point() -> None:
    values = np.arange(20.0) * 2
    values[10] = 900
    assert median_slope(values) == pytest.approx(2)


histories = st.lists(st.floats(0, 1e9), min_size=LEAST_POINTS, max_size=60)


@settings(max_examples=25)
@given(histories)
def test_intervals_hold_the_expectation_and_never_narrow(values: list[float]) -> None:
    found = made(values, 10)
    for line in (found.mean, found.low_95, found.high_95):
        assert np.isfinite(line).all()
    assert (found.low_95 <= found.low_80).all()
    assert (found.low_80 <= found.mean).all()
    assert (found.mean <= found.high_80).all()
    assert (found.high_80 <= found.high_95).all()
    width = found.high_95 - found.low_95
    assert (np.diff(width) >= -1e-6 * (1 + np.abs(found.high_95[1:]))).all()


@settings(max_examples=15)
@given(st.lists(st.integers(1, 1000), min_size=12, max_size=40), st.sampled_from([2, 10, 1000]))
def test_the_unit_does_not_matter(values: list[int], factor: int) -> None:
    plain = made([float(one) for one in values], 5).mean
    scaled = made([float(one * factor) for one in values], 5).mean
    assert scaled == pytest.approx(plain * factor, rel=1e-6)
