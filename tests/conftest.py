"""What tests of every kind share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

settings.register_profile("untimed", deadline=None)  # speeds are benchmarks, never tests
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, kept open for all tests of this process."""
    program = os.environ.get("CHROMIUM")
    if not program:
        pytest.fail("CHROMIUM is not set; run `python3 dev.py test`")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=flags)
        yield opened
        opened.close()
