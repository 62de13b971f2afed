"""What is kept for other processes comes back as it was."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.contracts.tenants import Owner
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.services.access import SubscriptionState
from app.modules.billing.services.entitlement_facts import Facts
from app.modules.billing.services.entitlements import OverrideEntry, Plan
from app.modules.billing.services.limits import Entry, Grant
from app.modules.billing.services.shared_facts import keep, kept
from app.modules.billing.services.windows import WindowRules

OWNER = Owner(7, 1)
LABEL = "0:3@2026-11-01 10:00:00+00:00 7:1@2026-11-02 10:00:00.000001+00:00"
codes = st.text(max_size=20)
times = st.datetimes(
    min_value=datetime(1970, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)
)
numbers = st.none() | st.integers(min_value=0, max_value=2**63 - 1)
entries = st.builds(Entry, numbers, st.booleans())
grants = st.builds(Grant, codes, st.booleans() | st.integers(0, 2**31), st.none() | times)
plans = st.builds(
    Plan,
    st.none() | codes,
    st.dictionaries(codes, entries, max_size=4),
    st.dictionaries(codes, st.builds(OverrideEntry, entries, st.none() | times), max_size=3),
    st.dictionaries(codes, st.lists(grants, max_size=3), max_size=3),
)
subscriptions = st.builds(
    SubscriptionState,
    status=st.sampled_from(SubscriptionStatus),
    billing_source=st.sampled_from(BillingSource),
    is_at_stripe=st.booleans(),
    trial_ends_at=st.none() | times,
    cancel_at=st.none() | times,
    past_due_since=st.none() | times,
    grace_until=st.none() | times,
)
facts = st.builds(
    Facts,
    subscription=st.none() | subscriptions,
    plan=plans,
    free_plan=st.none() | plans,
    windows=st.builds(WindowRules, times, st.sampled_from(["Europe/Luxembourg", "Asia/Tokyo"])),
    refuses_inbound=st.booleans(),
)


class Memory(dict[str, bytes]):
    """A cache that everything fits in."""

    def put(self, key: str, value: bytes, *, life: timedelta) -> None:
        """As `SharedCache.put`."""
        assert life > timedelta()
        self[key] = value


@given(facts)
def test_it_gives_back_what_was_kept_to_the_microsecond_and_by_its_type(given_facts: Facts) -> None:
    memory = Memory()
    keep(memory, OWNER, LABEL, facts=given_facts)
    found = kept(memory, OWNER, LABEL)
    assert found == given_facts
    assert repr(amounts(found)) == repr(amounts(given_facts))  # True is no 1


def amounts(one: Facts) -> list[int | bool]:
    """What add-ons grant, in order."""
    return [grant.amount for grants in one.plan.grants.values() for grant in grants]


@given(facts, facts)
def test_it_gives_nothing_for_another_version_or_another_merchant(one: Facts, two: Facts) -> None:
    memory = Memory()
    keep(memory, OWNER, LABEL, facts=one)
    keep(memory, Owner(1, 7), LABEL, facts=two)
    assert kept(memory, OWNER, LABEL + " ") is None
    assert kept(memory, OWNER, LABEL[:-1]) is None
    assert kept(memory, Owner(8, 1), LABEL) is None
    assert kept(memory, OWNER, LABEL) == one
