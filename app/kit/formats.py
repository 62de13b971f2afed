"""Dates, numbers and money as people of a language write them, by Babel."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from app.kit.i18n import current_locale
from app.kit.money import Money

DATE_PATTERN = "long"
LOCAL_ZONE = "Europe/Luxembourg"


def money_text(cents: int, currency: str, locale: str | None = None) -> str:
    """Write an amount of minor units with its currency."""
    exact = Money(cents, currency).amount
    return format_currency(exact, currency, locale=locale or current_locale())


def number_text(value: float, locale: str | None = None) -> str:
    """Write a number with the language's separators."""
    return format_decimal(value, locale=locale or current_locale())


def date_text(value: date | datetime, zone: str = LOCAL_ZONE, locale: str | None = None) -> str:
    """Write a day with its month's name; an instant is first brought to `zone`."""
    day = value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
    return format_date(day, DATE_PATTERN, locale=locale or current_locale())


def datetime_text(value: datetime, zone: str = LOCAL_ZONE, locale: str | None = None) -> str:
    """Write an instant in `zone`, with month name and minute."""
    chosen = locale or current_locale()
    return format_datetime(value, minute_pattern(chosen), tzinfo=ZoneInfo(zone), locale=chosen)


def minute_pattern(locale: str) -> str:
    """Return the pattern of a day with its month's name and the minute, on a 24-hour clock."""
    return f"{Locale.parse(locale).date_formats[DATE_PATTERN].pattern}, HH:mm"


def format_rules(locale: str) -> dict[str, Any]:
    """Return what scripts need to write as this module does, since browsers lack Luxembourgish."""
    babel = Locale.parse(locale)
    symbols = babel.number_symbols.get("latn", {})
    months = babel.months["format"]
    return {
        "locale": locale,
        "months": {
            "wide": [months["wide"][n] for n in range(1, 13)],
            "abbreviated": [months["abbreviated"][n] for n in range(1, 13)],
        },
        "days": {
            "wide": [babel.days["format"]["wide"][n] for n in range(7)],
            "abbreviated": [babel.days["format"]["abbreviated"][n] for n in range(7)],
        },
        "dates": {name: str(babel.date_formats[name].pattern) for name in ("medium", "long")}
        | {"minute": minute_pattern(locale)},
        "decimal": symbols.get("decimal", "."),
        "group": symbols.get("group", ","),
        "currency": str(babel.currency_formats["standard"].pattern),
        "currencies": {
            code: symbol for code, symbol in babel.currency_symbols.items() if symbol != code
        },
        "plural": "fr" if locale == "fr" else "one",
        "zone": LOCAL_ZONE,
    }
