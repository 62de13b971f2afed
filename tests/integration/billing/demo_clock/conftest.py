"""The sandbox and the application side by side, both at the same frozen system time."""

from collections.abc import Callable, Iterator

import pytest

from tests.integration.billing.demo_clock.world import World, a_world
from tests.integration.browser import Visitor


@pytest.fixture
def world(visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Two shops, the owner of the first signed in, and a sandbox whose time can be moved."""
    with a_world(visitor, monkeypatch) as opened:
        yield opened
