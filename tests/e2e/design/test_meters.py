"""Meters tell usage by figures, word and bar (D13)."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CASES = [
    ("Team members", "3 / 10", "7 left", "tone-accent", "30%"),
    ("Products", "187 / 200", "13 left", "tone-bad", "93.5%"),
    ("Orders a month", "1,512 / 1,500", "12 over", "tone-bad", "100%"),
]


@pytest.mark.parametrize(("name", "figures", "word", "tone", "width"), CASES)
def test_says_what_is_used_and_left(
    design: Page, *, name: str, figures: str, word: str, tone: str, width: str
) -> None:
    meter = design.locator(".meter", has_text=name)
    expect(meter).to_contain_text(figures)
    expect(meter).to_contain_text(word)
    expect(meter).to_have_class(f"meter {tone}")
    bar = meter.get_by_role("meter", name=name)
    expect(bar).to_have_attribute("aria-valuetext", f"{figures}, {word}")
    assert bar.locator("div").evaluate("(bar) => bar.style.width") == width


def test_has_no_bar_where_nothing_is_limited(design: Page) -> None:
    meter = design.locator(".meter", has_text="Images and files")
    expect(meter).to_contain_text("5,120 (Unlimited)")
    expect(meter.get_by_role("meter")).to_have_count(0)
