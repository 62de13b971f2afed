"""Keeps strangers from making this system fill somebody's mailbox."""

from datetime import timedelta

from app.kit.errors import TooManyRequests
from app.kit.rate_limit import RateLimiter
from app.modules.tenancy.exceptions import TooManyMails

MAILS_AN_HOUR = 5

_mails = RateLimiter("mails", MAILS_AN_HOUR, timedelta(hours=1))


def take_mail(kind: str, receiver: str) -> None:
    """Count one mail of a kind to a receiver. Raises TooManyMails after five within an hour."""
    try:
        _mails.take(f"{kind}:{receiver}")
    except TooManyRequests as full:
        raise TooManyMails(**full.params) from None
