"""A real browser in front of a running demo; any complaint of a page fails its test."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser

from devtools.services.demo import Demo, running_demo
from tests.e2e.visitor import DESK, Size, Visitor

Visit = Callable[..., Visitor]

_addresses = count(1)


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The browser of this process."""
    return chromium


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests of this process."""
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


UNDELIVERED = "addon_undelivered"  # a journey has an operator say so, who is told as well


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Iterator[Visit]:
    """Brings visitors, each from an address of their own; at the end nothing may be amiss."""
    visitors: list[Visitor] = []
    warned_before = len(demo.warnings)

    def bring(email: str | None = None, *, size: Size = DESK, touch: bool = False) -> Visitor:
        at = f"10.0.{next(_addresses)}.1"
        visitor = Visitor(browser, demo, at=at, size=size, touch=touch)
        visitors.append(visitor)
        return visitor.sign_in(email) if email else visitor

    yield bring
    complaints = [one for visitor in visitors for one in visitor.witness.complaints()]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []
    warned = demo.warnings[warned_before:]
    assert [line for line in warned if UNDELIVERED not in line] == []
