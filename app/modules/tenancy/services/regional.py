"""Currencies and time zones that a platform may have, countries that a merchant may be in."""

from functools import cache
from unicodedata import normalize
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

from app.kit.errors import InvalidInput
from app.kit.i18n import DEFAULT_LOCALE

_NO_COUNTRY = frozenset({"EU", "UN", "EZ", "ZZ", "AN", "CS", "DD", "FX", "SU", "TP", "YD", "YU"})


def checked_currency(code: str) -> str:
    """Return the ISO code of a currency that is legal tender somewhere. Raises InvalidInput."""
    currency = code.strip().upper()
    if currency not in _currencies():
        raise InvalidInput.at("/currency", "currency_unknown")
    return currency


def checked_timezone(name: str) -> str:
    """Return the IANA name of a time zone. Raises InvalidInput."""
    if name not in time_zones():
        raise InvalidInput.at("/timezone", "timezone_unknown")
    return name


@cache
def time_zones() -> tuple[str, ...]:
    """Return the IANA names that people choose from, sorted: places, and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return tuple(sorted(places | {"UTC"}))


@cache
def _currencies() -> frozenset[str]:
    territories = get_global("territory_currencies")
    return frozenset(code for one in territories for code in get_territory_currencies(one))


def checked_country(code: str) -> str:
    """Return an ISO 3166 code of a country. Raises InvalidInput."""
    country = code.strip().upper()
    if country not in dict(countries(DEFAULT_LOCALE)):
        raise InvalidInput.at("/country", "country_unknown")
    return country


@cache
def countries(locale: str) -> tuple[tuple[str, str], ...]:
    """Return codes and names of countries, by name as the language sorts plain letters."""
    names = Locale.parse(locale).territories
    known = [code for code in get_global("territory_currencies") if len(code) == 2]
    named = [(code, names[code]) for code in known if code in names and code not in _NO_COUNTRY]
    return tuple(sorted(named, key=lambda one: _plain_letters(one[1])))


def _plain_letters(name: str) -> str:
    return normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
