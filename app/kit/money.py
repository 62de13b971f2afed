"""Money as integer minor units with its ISO 4217 currency (D0), and reading what people type."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from babel.numbers import (
    format_decimal,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    parse_decimal,
)

from app.kit.errors import InvalidInput

# ISO 4217 exceptions to two decimals. CLDR's digits, which Babel knows, are habits of display:
# they give the dinar of Serbia none although banks and Stripe count its hundredths.
_MINOR_DIGITS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
_CURRENCY_CODE = re.compile(r"[A-Z]{3}")
_SPACED_GROUPS = re.compile(r"(?<=\d)[\s'\u2019](?=\d{3}(?!\d))")
_NO_CENTS = re.compile(r"[.,][-\u2013\u2014]{1,2}$")  # "49.-", also with a longer dash
MAX_CENTS = 2**53 - 1  # the largest integer that scripts read exactly from JSON


class CurrencyMismatch(ValueError):
    """Amounts of different currencies were put together; that is a mistake of the caller."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of its currency: 4900 EUR is 49 euros, 4900 JPY 4900 yen."""

    cents: int
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY_CODE.fullmatch(self.currency):
            raise ValueError(f"{self.currency!r} is not an ISO 4217 currency code such as EUR")

    def __add__(self, other: Self) -> "Money":
        return Money(self.cents + self._cents_of(other), self.currency)

    def __sub__(self, other: Self) -> "Money":
        return Money(self.cents - self._cents_of(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.cents, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.cents * times, self.currency)

    def __lt__(self, other: Self) -> bool:
        return self.cents < self._cents_of(other)

    def __le__(self, other: Self) -> bool:
        return self.cents <= self._cents_of(other)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, exact: 4900 EUR is 49.00."""
        return Decimal(self.cents).scaleb(-minor_digits(self.currency))

    def _cents_of(self, other: Self) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{other.currency} cannot be counted with {self.currency}")
        return other.cents


def minor_digits(currency: str) -> int:
    """How many decimals a currency's smallest unit has by ISO 4217: EUR 2, JPY 0, KWD 3."""
    return _MINOR_DIGITS.get(currency, 2)


def divide_half_even(numerator: int, denominator: int) -> int:
    """Divide integers and round to the nearest, a tie to the even one; exact at any size.

    Raises ZeroDivisionError.
    """
    quotient, rest = divmod(numerator, denominator)
    distance = abs(2 * rest) - abs(denominator)
    return quotient + (distance > 0 or (distance == 0 and quotient % 2 == 1))


def per_month(annual_cents: int) -> int:
    """A twelfth of a year's minor units, half-even: for display; sums stay annual and exact."""
    return divide_half_even(annual_cents, 12)


def parse_money(text: str, currency: str, *, locale: str, pointer: str = "/amount") -> Money:
    """Read an amount as people of a language type it: "1.234,50 €" in German, "CHF 49.-".

    Groups may be written with the language's sign, a space or an apostrophe, or left out. What
    could be meant in two ways is refused, not guessed. Raises InvalidInput at `pointer` with the
    code `amount_missing`, `amount_unreadable`, `amount_negative`, `amount_too_precise` or
    `amount_too_large`; `example` shows how such an amount is written.
    """
    written = _without_currency(text, currency, locale)
    digits = minor_digits(currency)
    if not written:
        raise InvalidInput.at(pointer, "amount_missing")
    number = _read_number(written, locale)
    if number is None:
        example = format_decimal(
            Decimal(123450).scaleb(-digits), _plain_pattern(digits), locale=locale
        )
        raise InvalidInput.at(pointer, "amount_unreadable", example=example)
    if number.is_signed():
        raise InvalidInput.at(pointer, "amount_negative")
    if -int(number.as_tuple().exponent) > digits:
        raise InvalidInput.at(pointer, "amount_too_precise", digits=digits, currency=currency)
    cents = int(number.scaleb(digits))
    if cents > MAX_CENTS:
        raise InvalidInput.at(pointer, "amount_too_large")
    return Money(cents, currency)


def _without_currency(text: str, currency: str, locale: str) -> str:
    """The bare number: no currency sign or code around it, no dash in place of cents."""
    bare = text.strip()
    for sign in (currency, get_currency_symbol(currency, locale)):
        bare = bare.removeprefix(sign).removesuffix(sign).strip()
    return _NO_CENTS.sub("", bare)


def _read_number(written: str, locale: str) -> Decimal | None:
    """The number if it is written properly in this language, groups of three included."""
    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    written = _SPACED_GROUPS.sub(group, written)
    shape = rf"-?(\d+|\d{{1,3}}({re.escape(group)}\d{{3}})+)({re.escape(point)}\d+)?"
    if not re.fullmatch(shape, written, re.ASCII):
        return None
    return parse_decimal(written, locale=locale)


def _plain_pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")
