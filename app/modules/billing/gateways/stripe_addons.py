"""Renewals of add-ons that follow the plan (D24); the rest is as with plans."""

from datetime import datetime
from typing import Any

from app.modules.billing.gateways.client import ask, keyed
from app.modules.billing.gateways.metadata import STOPPED_WITH_PLAN
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot

Key = tuple[object, ...]


def stop_with_plan(subscription: SubscriptionSnapshot, *, at: datetime, key: Key) -> None:
    """Let an add-on end `at` the end of a period, and note that the plan is why. As `ask`."""
    if subscription.cancel_at_period_end:
        _update(subscription.id, {"cancel_at_period_end": False}, (*key, "unset"))
    params = {
        "cancel_at": int(at.timestamp()),
        "metadata": {STOPPED_WITH_PLAN: "1"},
        "proration_behavior": "none",
    }
    _update(subscription.id, params, (*key, "stop"))


def renew_again(subscription: SubscriptionSnapshot, *, key: Key) -> None:
    """Take back what `stop_with_plan` did. As `ask`."""
    params: dict[str, Any] = {"metadata": {STOPPED_WITH_PLAN: ""}}
    if subscription.cancel_at_period_end:
        params["cancel_at_period_end"] = False
    else:
        params["cancel_at"] = ""
    _update(subscription.id, params, (*key, "renew"))


def _update(subscription_id: str, params: dict[str, Any], key: Key) -> None:
    asked: Any = params
    options: Any = keyed(*key)
    ask(lambda stripe: stripe.v1.subscriptions.update(subscription_id, asked, options))
