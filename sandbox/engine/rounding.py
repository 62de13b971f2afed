"""Division of integer minor units: half away from zero, and shares that add up."""

from collections.abc import Sequence
from fractions import Fraction


def divide(numerator: int, denominator: int) -> int:
    """numerator / denominator, rounded half away from zero; denominator > 0."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def rounded(value: Fraction) -> int:
    """A fraction of minor units as whole units, half away from zero."""
    return divide(value.numerator, value.denominator)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` split by non-negative weights; the parts add up, the largest rests come first."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    rests = [total * weight % whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda i: (-rests[i], i))
    for index in by_rest[: total - sum(parts)]:
        parts[index] += 1
    return parts
