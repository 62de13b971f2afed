"""Each kind of feature decides for itself whether something fits (D4, D8, D16)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contracts.features import Enforcement, FeatureDeclaration, Per, Reason
from app.modules.billing.services.kinds import has_counter, kind_of
from app.modules.billing.services.limits import Limit
from tests.unit.billing.declarations import a_number, a_switch

COUNTED = [a_number(), a_number(enforcement=Enforcement.APPROXIMATE)]
PER_ITEM, ADVISORY = a_number(per=Per.ITEM), a_number(enforcement=Enforcement.ADVISORY)
EVERY_KIND = [*COUNTED, PER_ITEM, ADVISORY, a_switch()]
amounts = st.integers(min_value=0, max_value=1000)
limits = st.builds(Limit, st.none() | amounts, st.just(True))


@given(st.sampled_from(EVERY_KIND), amounts, amounts)
def test_what_is_not_in_the_plan_is_closed_whatever_is_wanted(
    declaration: FeatureDeclaration, used: int, wanted: int
) -> None:
    kind = kind_of(declaration)
    absent = Limit(0, enabled=False)
    assert kind.decide(absent, used, wanted) is Reason.NOT_IN_PLAN
    off = Limit(0, enabled=False, switched_off=True)
    assert kind.decide(off, used, wanted) is Reason.OVERRIDE_OFF


@given(st.sampled_from(COUNTED), limits, amounts, amounts)
def test_a_counted_one_fits_while_the_sum_does(
    declaration: FeatureDeclaration, limit: Limit, used: int, wanted: int
) -> None:
    fits = limit.value is None or used + wanted <= limit.value
    expected = Reason.OK if fits else Reason.LIMIT_REACHED
    assert kind_of(declaration).decide(limit, used, wanted) is expected


@given(limits, amounts, amounts)
def test_for_a_single_item_nothing_but_the_item_counts(
    limit: Limit, used: int, wanted: int
) -> None:
    fits = limit.value is None or wanted <= limit.value
    expected = Reason.OK if fits else Reason.LIMIT_REACHED
    assert kind_of(PER_ITEM).decide(limit, used, wanted) is expected


@given(st.sampled_from([ADVISORY, a_switch()]), limits, amounts, amounts)
def test_advice_and_switches_never_refuse_a_number(
    declaration: FeatureDeclaration, limit: Limit, used: int, wanted: int
) -> None:
    assert kind_of(declaration).decide(limit, used, wanted) is Reason.OK


@pytest.mark.parametrize(
    ("declaration", "counts"),
    [
        (COUNTED[0], True),
        (COUNTED[1], True),
        (PER_ITEM, False),
        (ADVISORY, False),
        (a_switch(), False),
    ],
)
def test_only_what_is_used_up_and_refused_has_a_counter(
    declaration: FeatureDeclaration, *, counts: bool
) -> None:
    assert has_counter(declaration) is counts
