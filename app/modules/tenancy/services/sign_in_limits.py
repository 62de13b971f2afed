"""Slows the guessing of passwords: ten failures a minute for an address and for an account."""

from datetime import timedelta

from app.kit.errors import TooManyRequests
from app.kit.rate_limit import RateLimiter
from app.modules.tenancy.exceptions import TooManySignIns

FAILURES_A_MINUTE = 10

_failures = RateLimiter("failures", FAILURES_A_MINUTE, timedelta(minutes=1))


def guessing_keys(*, address: str, account: str) -> tuple[str, str]:
    """Return what failures are counted by: where they come from and whom they concern."""
    return f"address:{address}", f"account:{account}"


def refuse_guessing(*keys: str) -> None:
    """Refuse before a password is looked at. Raises TooManySignIns."""
    for key in keys:
        try:
            _failures.check(key)
        except TooManyRequests as full:
            raise TooManySignIns(**full.params) from None


def record_failure(*keys: str) -> None:
    """Count a wrong password."""
    for key in keys:
        _failures.record(key)
