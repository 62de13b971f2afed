"""Minor units, exact arithmetic, and amounts as people of four languages type them."""

from fractions import Fraction

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from app.kit.errors import InvalidInput
from app.kit.money import (
    MAX_CENTS,
    CurrencyMismatch,
    Money,
    divide_half_even,
    minor_digits,
    parse_money,
    per_month,
)


def refusal(
    text: str, currency: str = "EUR", locale: str = "de"
) -> tuple[str, str, dict[str, object]]:
    with pytest.raises(InvalidInput) as refused:
        parse_money(text, currency, locale=locale, pointer="/price")
    (error,) = refused.value.errors
    return error


def test_adds_and_subtracts_amounts_of_one_currency() -> None:
    price = Money(4900, "EUR")
    assert price + Money(1, "EUR") == Money(4901, "EUR")
    assert price - Money(9900, "EUR") == Money(-5000, "EUR")
    assert -price == Money(-4900, "EUR")
    assert price * 10 == Money(49000, "EUR")


def test_refuses_to_mix_currencies() -> None:
    euro, franc = Money(1, "EUR"), Money(1, "CHF")
    for mix in (
        lambda: euro + franc,
        lambda: euro - franc,
        lambda: euro < franc,
        lambda: euro <= franc,
    ):
        with pytest.raises(CurrencyMismatch, match="CHF cannot be counted with EUR"):
            mix()


def test_orders_amounts_of_one_currency() -> None:
    assert Money(1, "EUR") < Money(2, "EUR")
    assert not Money(2, "EUR") < Money(2, "EUR")
    assert Money(2, "EUR") <= Money(2, "EUR")
    assert max(Money(1, "EUR"), Money(3, "EUR")) == Money(3, "EUR")


@pytest.mark.parametrize("code", ["", "eur", "EU", "EURO", "€", "E R"])
def test_refuses_what_is_no_currency_code(code: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO 4217 currency code"):
        Money(1, code)


@pytest.mark.parametrize(
    ("currency", "digits", "amount"),
    [("EUR", 2, "49.00"), ("RSD", 2, "49.00"), ("JPY", 0, "4900"), ("KWD", 3, "4.900")],
)
def test_knows_the_smallest_unit_of_a_currency(currency: str, digits: int, amount: str) -> None:
    assert minor_digits(currency) == digits
    assert str(Money(4900, currency).amount) == amount


@given(st.integers(-(10**30), 10**30), st.integers(-1000, 1000).filter(bool))
def test_divides_half_even_at_any_size(numerator: int, denominator: int) -> None:
    # Python rounds a Fraction half-even and exactly.
    assert divide_half_even(numerator, denominator) == round(Fraction(numerator, denominator))


@pytest.mark.parametrize(
    ("annual", "monthly"),
    [(0, 0), (12, 1), (5, 0), (6, 0), (7, 1), (18, 2), (30, 2), (31, 3), (49000, 4083), (-6, 0)],
)
def test_gives_a_twelfth_of_a_year_half_even(annual: int, monthly: int) -> None:
    assert per_month(annual) == monthly


@pytest.mark.parametrize(
    ("text", "currency", "locale", "cents"),
    [
        ("49", "EUR", "de", 4900),
        ("49,9", "EUR", "de", 4990),
        ("1.234,50", "EUR", "de", 123450),
        ("1234,50", "EUR", "de", 123450),
        ("1 234,50", "EUR", "de", 123450),
        ("1.234.567,89 €", "EUR", "de", 123456789),
        ("  € 1.234  ", "EUR", "de", 123400),
        ("EUR 0,05", "EUR", "de", 5),
        ("49.-", "CHF", "de", 4900),
        ("CHF 1'234.\u2013", "CHF", "de", 123400),
        ("49,--", "EUR", "de", 4900),
        ("1,234.50", "EUR", "en", 123450),
        ("€1,234.5", "EUR", "en", 123450),
        ("$99.00", "USD", "en", 9900),
        ("1 234,50", "EUR", "fr", 123450),
        ("1\u202f234,50\xa0€", "EUR", "fr", 123450),
        ("1\xa0234\xa0567,5", "EUR", "fr", 123456750),
        ("1.234,50", "EUR", "lb", 123450),
        ("1.500", "JPY", "de", 1500),
        ("1,500", "JPY", "en", 1500),
        ("1,2345", "CLF", "de", 12345),
        ("0,500", "KWD", "de", 500),
        ("007,00", "EUR", "de", 700),
    ],
)
def test_reads_what_people_type_in_their_language(
    text: str, currency: str, locale: str, cents: int
) -> None:
    assert parse_money(text, currency, locale=locale) == Money(cents, currency)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("49.90", "de"),  # 49,90 or 4.990?
        ("1.234,50", "en"),
        ("12.34.567", "de"),
        ("1..234", "de"),
        ("1,2,3", "de"),
        ("12 34", "fr"),
        ("ten", "en"),
        ("1e3", "en"),
        ("NaN", "en"),
        ("Infinity", "en"),
        ("0x10", "en"),
        ("١٢", "en"),
        ("5 USD", "en"),
        ("+5", "en"),
        (",5", "de"),
        ("5,", "de"),
    ],
)
def test_refuses_what_it_cannot_read_for_sure(text: str, locale: str) -> None:
    pointer, code, _ = refusal(text, locale=locale)
    assert (pointer, code) == ("/price", "amount_unreadable")


@pytest.mark.parametrize(
    ("locale", "currency", "example"),
    [
        ("de", "EUR", "1.234,50"),
        ("en", "EUR", "1,234.50"),
        ("fr", "EUR", "1\u202f234,50"),
        ("lb", "EUR", "1.234,50"),
        ("de", "JPY", "123.450"),
    ],
)
def test_shows_how_an_amount_is_written(locale: str, currency: str, example: str) -> None:
    assert refusal("?", currency, locale) == ("/price", "amount_unreadable", {"example": example})


@pytest.mark.parametrize("text", ["", "   ", "€", "EUR"])
def test_says_that_an_amount_is_missing(text: str) -> None:
    assert refusal(text) == ("/price", "amount_missing", {})


def test_refuses_a_negative_amount() -> None:
    assert refusal("-5,00") == ("/price", "amount_negative", {})


@pytest.mark.parametrize(
    ("text", "currency", "digits"), [("1,005", "EUR", 2), ("1,50", "JPY", 0), ("1,000", "EUR", 2)]
)
def test_refuses_more_decimals_than_the_currency_has(text: str, currency: str, digits: int) -> None:
    assert refusal(text, currency) == (
        "/price",
        "amount_too_precise",
        {"digits": digits, "currency": currency},
    )


def test_refuses_an_amount_that_json_readers_could_not_hold() -> None:
    assert parse_money("90071992547409,91", "EUR", locale="de").cents == MAX_CENTS
    assert refusal("90071992547409,92") == ("/price", "amount_too_large", {})
    assert refusal("9" * 5000) == ("/price", "amount_too_large", {})


@given(st.integers(0, MAX_CENTS), st.sampled_from(["de", "en", "fr", "lb"]))
def test_reads_back_what_babel_writes(cents: int, locale: str) -> None:
    money = Money(cents, "EUR")
    written = format_currency(money.amount, "EUR", locale=locale)
    assert parse_money(written, "EUR", locale=locale) == money
