"""What the rest of a period is worth, to the second, in integer minor units."""

from sandbox.engine.rounding import divide


def remaining_value(amount: int, *, start: int, end: int, at: int) -> int:
    """The part of an amount for [start, end) that falls after `at`.

    Nothing is left after the end, everything before the start.
    """
    if at >= end:
        return 0
    return divide(amount * (end - max(at, start)), end - start)
