"""Scripts write numbers, money and dates exactly as the server does."""

from datetime import UTC, date, datetime

import pytest

from app.kit import formats
from app.kit.i18n import LOCALES, translate_count
from tests.e2e.design.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("locale", LOCALES)]

AMOUNTS = [0, 5, 99, 100, 123456, 100000000, -4900]
CURRENCIES = ["EUR", "CHF"]
INSTANT = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # a minute before the clocks change
DAYS = [date(2026, month, 1 + month) for month in range(1, 13)]

CALL = """
async ([name, given]) => {
  const format = await import("/static/core/js/format.js");
  return given.map((one) => format[name](...one));
}
"""


def test_writes_money_as_the_server(open_page: OpenPage, locale: str) -> None:
    pairs = [(cents, currency) for cents in AMOUNTS for currency in CURRENCIES]
    shown = open_page(f"/error?lang={locale}").evaluate(CALL, ["money", pairs])
    assert shown == [formats.money_text(*pair, locale=locale) for pair in pairs]


def test_writes_days_as_the_server(open_page: OpenPage, locale: str) -> None:
    page = open_page(f"/error?lang={locale}")
    shown = page.evaluate(CALL, ["date", [[day.isoformat()] for day in DAYS]])
    assert shown == [formats.date_text(day, locale=locale) for day in DAYS]


def test_writes_instants_on_the_clock_of_the_zone(open_page: OpenPage, locale: str) -> None:
    page = open_page(f"/error?lang={locale}")
    zones = ["Europe/Luxembourg", "America/New_York", "Asia/Kolkata"]
    shown = page.evaluate(CALL, ["datetime", [[INSTANT.isoformat(), zone] for zone in zones]])
    assert shown == [formats.datetime_text(INSTANT, zone, locale=locale) for zone in zones]


def test_writes_numbers_as_the_server(open_page: OpenPage, locale: str) -> None:
    values = [0, 7, 999, 1000, 1234.5, 1234567, -1234.25]
    shown = open_page(f"/error?lang={locale}").evaluate(CALL, ["number", [[v] for v in values]])
    assert shown == [formats.number_text(value, locale=locale) for value in values]


def test_chooses_the_same_plural_as_the_server(open_page: OpenPage, locale: str) -> None:
    page = open_page(f"/error?lang={locale}")
    script = """
    async (counts) => {
      const { tn } = await import("/static/core/js/i18n.js");
      return counts.map((count) => tn("ui.script.results", count));
    }
    """
    counts = [0, 1, 2, 21]
    expected = [translate_count("ui.script.results", count, locale) for count in counts]
    assert page.evaluate(script, counts) == expected
