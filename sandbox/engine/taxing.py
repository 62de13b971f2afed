"""Tax on an amount: pure arithmetic."""

from dataclasses import dataclass
from fractions import Fraction

from sandbox.engine.rounding import rounded


@dataclass(frozen=True)
class Rate:
    """A tax rate as it applies to a line: percentage, whether the price holds it, and why."""

    tax_rate: str
    percentage: Fraction
    inclusive: bool
    reason: str = "standard_rated"


@dataclass(frozen=True)
class Tax:
    """What a rate makes of an amount, in minor units."""

    rate: Rate
    taxable: int
    amount: int


def tax_of(amount: int, rate: Rate) -> Tax:
    """Tax on one line after its discounts; of an inclusive rate the part that is tax."""
    if rate.inclusive:
        net = rounded(amount / (1 + rate.percentage / 100))
        return Tax(rate, taxable=net, amount=amount - net)
    return Tax(rate, taxable=amount, amount=rounded(amount * rate.percentage / 100))
