"""Coupons applied to amounts: pure arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sandbox.engine.rounding import rounded, shares


@dataclass(frozen=True)
class Reduction:
    """One discount: a percentage, or an amount in minor units; `discount` is its id."""

    discount: str
    percent: Fraction | None = None
    amount: int | None = None


def reduce(amounts: Sequence[int], reductions: Sequence[Reduction]) -> list[dict[str, int]]:
    """For each amount, what each discount takes off it, by discount id.

    Discounts apply one after the other to what is left, never below zero. A fixed amount is spread
    over the amounts in proportion, and its parts add up to it.
    """
    left = [max(0, amount) for amount in amounts]
    taken: list[dict[str, int]] = [{} for _ in amounts]
    for each in reductions:
        if each.percent is not None:
            parts = [rounded(amount * each.percent / 100) for amount in left]
        else:
            parts = shares(min(each.amount or 0, sum(left)), left)
        for index, part in enumerate(parts):
            left[index] -= part
            taken[index][each.discount] = part
    return taken
