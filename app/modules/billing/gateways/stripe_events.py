"""Events where Stripe lists them, for whoever missed their webhooks."""

from datetime import datetime
from typing import Any

from app.modules.billing.gateways.client import ask_all, read_plain


def events_since(since: datetime) -> list[dict[str, Any]]:
    """Return the events of an instant and later, the oldest first; Stripe keeps thirty days.

    Raises as `ask`.
    """
    created: dict[str, Any] = {"created": {"gte": int(since.timestamp())}}
    found = ask_all(lambda stripe, page: read_plain(stripe, "/v1/events", created | page))
    return list(found)[::-1]
