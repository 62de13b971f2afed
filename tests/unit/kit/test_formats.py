"""Money, numbers, days and instants as the four languages write them."""

from datetime import UTC, date, datetime

import pytest

from app.kit.formats import date_text, datetime_text, money_text, number_text

MIDNIGHT_UTC = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "1.234,56\N{NO-BREAK SPACE}€"),
        ("en", "€1,234.56"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}234,56\N{NO-BREAK SPACE}€"),
        ("lb", "1.234,56\N{NO-BREAK SPACE}€"),
    ],
)
def test_it_writes_money_as_the_language_does(locale: str, text: str) -> None:
    assert money_text(123456, "EUR", locale) == text


@pytest.mark.parametrize(
    ("cents", "currency", "text"),
    [
        (4900, "JPY", "¥4,900"),
        (-5, "EUR", "-€0.05"),
        (9_007_199_254_740_993, "EUR", "€90,071,992,547,409.93"),
    ],
)
def test_it_writes_every_cent_and_no_more(cents: int, currency: str, text: str) -> None:
    assert money_text(cents, currency, "en") == text


def test_it_writes_numbers_as_the_language_does() -> None:
    assert number_text(1234567.5, "de") == "1.234.567,5"
    assert number_text(0, "fr") == "0"


def test_it_writes_a_day_with_its_months_name() -> None:
    assert date_text(date(2026, 3, 1), locale="fr") == "1 mars 2026"
    assert date_text(date(2026, 3, 1), locale="de") == "1. März 2026"


def test_it_brings_an_instant_to_the_zone_before_it_names_the_day() -> None:
    assert date_text(MIDNIGHT_UTC, locale="en") == "April 1, 2026"
    assert date_text(MIDNIGHT_UTC, "UTC", locale="en") == "March 31, 2026"
    assert datetime_text(MIDNIGHT_UTC, locale="en") == "April 1, 2026, 00:30"
