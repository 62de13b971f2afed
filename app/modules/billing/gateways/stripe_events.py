"""Events where Stripe lists them, for whoever missed their webhooks."""

from datetime import datetime
from typing import Any

from app.modules.billing.gateways.client import ask_all


def events_since(since: datetime) -> list[dict[str, Any]]:
    """Return the events of an instant and later, the oldest first; Stripe keeps thirty days.

    Raises as `ask`.
    """
    created: Any = {"gte": int(since.timestamp())}
    found = ask_all(lambda stripe, page: stripe.v1.events.list(_params(page, created)))
    return list(found)[::-1]


def _params(page: dict[str, Any], created: Any) -> Any:
    return {"created": created, **page}
