"""Amounts, dates and descriptions as Stripe writes them on invoices (English)."""

from datetime import UTC, datetime

from babel.numbers import format_currency, get_currency_precision

from sandbox.store.json_values import Json


def money(amount: int, currency: str, locale: str = "en") -> str:
    """An amount of minor units as people write it."""
    code = currency.upper()
    return format_currency(amount / 10 ** get_currency_precision(code), code, locale=locale)


def day(moment: int) -> str:
    """For example 22 Nov 2026."""
    return datetime.fromtimestamp(moment, UTC).strftime("%-d %b %Y")


def every(price: Json) -> str:
    """For example `month`, or `3 months`."""
    recurring = price["recurring"]
    count = recurring["interval_count"]
    return recurring["interval"] if count == 1 else f"{count} {recurring['interval']}s"


def recurring_line(product: str, price: Json, quantity: int) -> str:
    """The description of a line for a whole period."""
    each = money(price["unit_amount"], price["currency"])
    return f"{quantity} × {product} (at {each} / {every(price)})"


def trial_line(product: str) -> str:
    """The description of a line for a trial period."""
    return f"Trial period for {product}"


def unused_line(product: str, quantity: int, at: int) -> str:
    """The description of a credit."""
    return f"Unused time on {_times(product, quantity)} after {day(at)}"


def remaining_line(product: str, quantity: int, at: int) -> str:
    """The description of a charge for the rest of a period."""
    return f"Remaining time on {_times(product, quantity)} after {day(at)}"


def _times(product: str, quantity: int) -> str:
    return product if quantity == 1 else f"{quantity} × {product}"
