"""The tier that helps is the cheapest in which what was refused would pass (D17)."""

from hypothesis import given
from hypothesis import strategies as st

from app.contracts.features import Reason, UpgradeOffer
from app.modules.billing.services.kinds import kind_of
from app.modules.billing.services.limits import Entry, Limit
from app.modules.billing.services.offers import OfferedTier, cheapest_that_allows
from tests.unit.billing.declarations import a_number, a_switch

amounts = st.integers(min_value=0, max_value=500)
entries = st.none() | st.builds(Entry, st.none() | amounts, st.booleans())
prices = st.integers(min_value=0, max_value=100_000)
choices = st.lists(
    st.builds(OfferedTier, st.uuids().map(str), st.just("Name"), prices, entries), max_size=6
)


def allows(tier: OfferedTier, used: int, wanted: int, *, is_switch: bool) -> bool:
    entry = tier.entry
    if entry is None or not entry.enabled:
        return False
    return is_switch or entry.value is None or used + wanted <= entry.value


@given(choices, st.booleans(), amounts, amounts)
def test_no_cheaper_tier_would_have_helped_and_this_one_does(
    offered: list[OfferedTier], is_switch: bool, used: int, wanted: int
) -> None:
    declaration = a_switch() if is_switch else a_number()
    offer = cheapest_that_allows(offered, declaration, used=used, wanted=wanted)
    helping = [one for one in offered if allows(one, used, wanted, is_switch=is_switch)]
    if offer is None:
        assert helping == []
        return
    assert offer.price_monthly_cents == min(one.price_monthly_cents for one in helping)
    assert offer.code in {one.code for one in helping}


def test_it_tells_code_name_and_price() -> None:
    offered = [
        OfferedTier("business", "Business", 19900, Entry(None)),
        OfferedTier("professional", "Professional", 9900, Entry(500)),
        OfferedTier("essential", "Essential", 4900, Entry(200)),
    ]
    limit = a_number()
    assert cheapest_that_allows(offered, limit, used=200, wanted=1) == UpgradeOffer(
        "professional", "Professional", 9900
    )
    assert cheapest_that_allows(offered, limit, used=499, wanted=2) == UpgradeOffer(
        "business", "Business", 19900
    )
    assert kind_of(limit).decide(Limit(500, enabled=True), 499, 2) is Reason.LIMIT_REACHED
    assert cheapest_that_allows(offered[1:], limit, used=500, wanted=1) is None
