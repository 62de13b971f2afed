"""Usage windows tile time, each feature by its own reset (D15)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.contracts.features import Reset
from app.modules.billing.services.windows import FOREVER, WindowRules, window_of
from tests.unit.billing.declarations import a_number

TICK = timedelta(microseconds=1)
MONTHLY, DAILY = a_number(reset=Reset.BILLING_MONTH), a_number(reset=Reset.DAY)
FIRST_DAY = datetime(2024, 1, 1, 10, 30, tzinfo=UTC)
DAYS = 5 * 365 + 2  # five years with two leap days
instants = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from(
    ["Europe/Luxembourg", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "UTC"]
)


def test_ten_years_of_months_have_no_gap_and_no_overlap_whatever_day_they_begin(
    proof_size: Callable[..., int],
) -> None:
    days = proof_size("start days of windows", reduced=370, full=DAYS)
    for number in range(days):
        anchor = FIRST_DAY + timedelta(days=number * DAYS // days)
        rules, at = WindowRules(anchor), anchor
        for _ in range(120):
            window = window_of(MONTHLY, rules, at)
            assert window.start == at
            assert window_of(MONTHLY, rules, window.end - TICK) == window
            at = window.end
            assert at.time() == anchor.time()
            is_last_day = (at + timedelta(days=1)).month != at.month
            assert at.day == anchor.day or (at.day < anchor.day and is_last_day)
        assert (at.year, at.month) == (anchor.year + 10, anchor.month)


@given(anchor=instants, zone=zones, at=instants)
def test_it_holds_the_instant_and_meets_its_neighbours(
    anchor: datetime, zone: str, at: datetime
) -> None:
    rules = WindowRules(anchor, zone)
    for declaration in (MONTHLY, DAILY):
        window = window_of(declaration, rules, at)
        assert window.start <= at < window.end
        assert window_of(declaration, rules, window.start) == window
        assert window_of(declaration, rules, window.end - TICK) == window
        assert window_of(declaration, rules, window.end).start == window.end


@given(at=instants)
def test_a_day_is_that_of_the_platform(at: datetime) -> None:
    luxembourg = window_of(DAILY, WindowRules(timezone="Europe/Luxembourg"), at)
    assert luxembourg.start.hour in {22, 23}
    assert window_of(DAILY, WindowRules(timezone="UTC"), at).start.hour == 0


@given(anchor=instants, at=instants)
def test_what_never_resets_has_one_window(anchor: datetime, at: datetime) -> None:
    assert window_of(a_number(), WindowRules(anchor), at) == FOREVER
