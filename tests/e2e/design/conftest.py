"""A real browser that looks at the frame and its pieces."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.design.pages import serving

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the pages are served."""
    with serving() as served:
        yield served


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Opens a page and waits until its components live."""
    opened: list[Page] = []

    def open_at(path: str = "/design?lang=en", *, width: int = 1440) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            base_url=address,
            timezone_id="America/New_York",
        )
        opened.append(page)
        page.goto(path)
        expect(page.locator("[x-cloak]")).to_have_count(0)
        # The first busy list stays so on purpose.
        expect(page.locator("table[aria-busy=true]").nth(1)).to_have_count(0)
        return page

    yield open_at
    for page in opened:
        page.close()


@pytest.fixture
def design(open_page: OpenPage) -> Page:
    """The demonstration page on a desk, in English."""
    return open_page()
