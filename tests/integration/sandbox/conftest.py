"""Fixtures of the sandbox's tests."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.integration.sandbox.world import Browser, World, a_world


@pytest.fixture
def world() -> Iterator[World]:
    """A running sandbox of its own."""
    with a_world() as made:
        yield made


@pytest.fixture
def browser(world: World) -> Iterator[Browser]:
    """A browser at the world's pages."""
    with closing(Browser(world.running.url)) as made:
        yield made
