"""The sandbox for every test of paying, on both databases."""

from collections.abc import Callable, Iterator

import pytest

from tests.integration.billing.money.world import World, a_world
from tests.integration.browser import Visitor


@pytest.fixture
def world(visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A shop in its trial, its owner signed in, and Stripe."""
    with a_world(visitor, monkeypatch) as opened:
        opened.open_shop()
        yield opened


@pytest.fixture
def bare_world(visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Stripe, where nothing is yet, and no shop."""
    with a_world(visitor, monkeypatch) as opened:
        yield opened
