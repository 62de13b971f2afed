"""Which language a page speaks, and how it writes amounts and dates."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, get_currency_precision
from starlette.requests import Request

LANGUAGES = ("de", "en", "fr", "lb")
FOLDER = Path(__file__).parent.parent / "locales"


@cache
def catalog(language: str) -> dict[str, str]:
    """The texts of a language by key."""
    texts: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return texts


def language_of(request: Request, wanted: str | None) -> str:
    """`?lang=`, then what the session asks for, then the browser's wish, then English."""
    asked = [request.query_params.get("lang"), wanted]
    accepted = request.headers.get("accept-language", "")
    asked += [part.partition(";")[0] for part in accepted.split(",")]
    for each in asked:
        language = (each or "").strip().lower()[:2]
        if language in LANGUAGES:
            return language
    return "en"


class Speech:
    """One language: texts, amounts, dates."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = catalog(language)
        try:
            self._locale = Locale.parse(language)
        except UnknownLocaleError:  # pragma: no cover - Babel knows all four
            self._locale = Locale.parse("en")

    def say(self, key: str, **values: Any) -> str:
        """The text of a key with its values; KeyError for a text that is not there."""
        return self._texts[key].format(**values)

    def money(self, amount: int, currency: str) -> str:
        """Minor units as an amount."""
        code = currency.upper()
        value = amount / 10 ** get_currency_precision(code)
        return format_currency(value, code, locale=self._locale)

    def money_by_code(self, amount: int, currency: str) -> str:
        """The same with the currency's code, for fonts that lack its sign."""
        code = currency.upper()
        value = amount / 10 ** get_currency_precision(code)
        written = format_currency(value, code, "#,##0.00", locale=self._locale)
        return f"{code} {written}"

    def day(self, moment: int) -> str:
        """A day with the name of its month."""
        return format_date(datetime.fromtimestamp(moment, UTC), "long", locale=self._locale)

    def moment(self, moment: int) -> str:
        """Day and time in UTC."""
        at = datetime.fromtimestamp(moment, UTC)
        return format_datetime(at, "d MMM y HH:mm:ss", locale=self._locale) + " UTC"

    def country(self, code: str) -> str:
        """The name of a country."""
        return str(self._locale.territories.get(code, code))

    def every(self, price: dict[str, Any]) -> str:
        """For example “per month”, “every 3 months”."""
        interval = price["recurring"]["interval"]
        count = price["recurring"]["interval_count"]
        if count == 1:
            return self.say(f"per_{interval}")
        return self.say(f"every_{interval}s", count=count)


Say = Callable[..., str]
