"""What a change of a subscription means for the figures (D27)."""

import pytest

from app.modules.billing.models import Figure
from app.modules.billing.services.figures.standing import Standing, happened


def standing(status: str, source: str = "stripe", arr_cents: int = 1200) -> Standing:
    return Standing(1, status, source, arr_cents)


@pytest.mark.parametrize(
    ("status", "source", "counted"),
    [
        ("active", "stripe", 1200),
        ("past_due", "manual", 1200),
        ("active", "comp", 0),
        ("trial", "stripe", 0),
        ("trial", "trial", 0),
        ("unpaid", "stripe", 0),
        ("cancelled", "manual", 0),
    ],
)
def test_it_counts_what_is_paid_or_owed_and_nothing_else(
    status: str, source: str, counted: int
) -> None:
    assert standing(status, source).counted_arr_cents == counted


@pytest.mark.parametrize(
    ("before", "after", "figures"),
    [
        (None, standing("trial", "trial"), []),
        (None, standing("active", "manual"), [Figure.BEGAN]),
        (
            standing("trial"),
            standing("active"),
            [Figure.BEGAN, Figure.TRIAL_ENDED, Figure.TRIAL_CONVERTED],
        ),
        (standing("trial"), standing("active", "comp"), [Figure.BEGAN, Figure.TRIAL_ENDED]),
        (standing("trial", "trial"), standing("expired", "trial"), [Figure.TRIAL_ENDED]),
        (standing("trial", "trial"), standing("trial"), []),
        (standing("active"), standing("past_due"), []),
        (standing("past_due"), standing("cancelled"), [Figure.ENDED]),
        (standing("cancelled"), standing("active"), [Figure.BEGAN]),
    ],
)
def test_it_tells_beginnings_ends_and_conversions(
    before: Standing | None, after: Standing, figures: list[Figure]
) -> None:
    assert list(happened(before, after)) == figures
