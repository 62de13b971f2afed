"""Tier, override and grants make one limit: (override, else tier, else 0) + grants (D8–D10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.modules.billing.services.limits import Entry, Grant, Limit, Part, effective_limit
from tests.unit.billing.declarations import a_number, a_switch

numbers = st.none() | st.integers(min_value=0, max_value=10_000)
entries = st.builds(Entry, numbers, st.booleans())
tiers = st.none() | entries.map(lambda entry: ("pro", entry))
overrides = st.none() | entries
grants = st.lists(st.builds(Grant, st.just("pack"), st.integers(min_value=1, max_value=500)))


def merged(tier: tuple[str, Entry] | None, override: Entry | None, granted: list[Grant]) -> Limit:
    return effective_limit(a_number(), tier=tier, override=override, grants=granted)


@given(tiers, overrides, grants)
def test_it_is_the_override_else_the_tier_else_none_with_all_grants_added(
    tier: tuple[str, Entry] | None, override: Entry | None, granted: list[Grant]
) -> None:
    limit = merged(tier, override, granted)
    if override is not None and not override.enabled:
        assert (limit.value, limit.enabled, limit.switched_off) == (0, False, True)
        return
    has_tier = tier is not None and tier[1].enabled
    assert limit.switched_off is False
    assert limit.enabled is (override is not None or has_tier or granted != [])
    base: int | None = 0
    if override is not None:
        base = override.value
    elif tier is not None and tier[1].enabled:
        base = tier[1].value
    added = sum(int(grant.amount) for grant in granted)
    assert limit.value == (None if base is None else base + added)


@given(tiers, overrides, grants)
def test_a_grant_never_takes_away_and_never_changes_the_scope(
    tier: tuple[str, Entry] | None, override: Entry | None, granted: list[Grant]
) -> None:
    bare, full = merged(tier, override, []), merged(tier, override, granted)
    assert full.scope == bare.scope == ("tier" if override is None else "merchant_override")
    assert full.enabled >= bare.enabled
    if bare.enabled:
        assert (full.value is None) is (bare.value is None)
        assert (full.value or 0) >= (bare.value or 0)


@given(tiers, overrides, grants)
def test_it_names_all_that_it_was_made_from(
    tier: tuple[str, Entry] | None, override: Entry | None, granted: list[Grant]
) -> None:
    sources = [part.source for part in merged(tier, override, granted).parts]
    expected = ["tier"] * (tier is not None) + ["override"] * (override is not None)
    assert sources == expected + ["add-on"] * len(granted)


@pytest.mark.parametrize(
    ("tier", "override", "granted", "value", "enabled"),
    [
        (None, None, [], 0, False),
        (None, None, [Grant("pack", 25)], 25, True),
        (Entry(0), None, [], 0, True),
        (Entry(0), None, [Grant("pack", 25)], 25, True),
        (Entry(200, enabled=False), None, [Grant("pack", 25)], 25, True),
        (Entry(None), None, [Grant("pack", 25)], None, True),
        (Entry(200), Entry(50), [Grant("pack", 25)], 75, True),
        (Entry(200), Entry(None), [], None, True),
        (Entry(None), Entry(0), [], 0, True),
        (Entry(200), Entry(500, enabled=False), [Grant("pack", 25)], 0, False),
    ],
)
def test_these_make(
    tier: Entry | None, override: Entry | None, granted: list[Grant], value: int, enabled: bool
) -> None:
    limit = merged(None if tier is None else ("pro", tier), override, granted)
    assert (limit.value, limit.enabled) == (value, enabled)


def test_a_switch_is_open_without_a_number() -> None:
    opened = effective_limit(
        a_switch(), tier=None, override=None, grants=[Grant("domain", amount=True)]
    )
    assert (opened.value, opened.enabled) == (None, True)
    assert opened.parts == (Part("add-on", "domain", True),)
