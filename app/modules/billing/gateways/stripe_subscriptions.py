"""Subscriptions as Stripe has them now."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import structlog

from app.modules.billing.gateways.client import ask, ask_all, read_plain
from app.modules.billing.gateways.shapes import (
    UnreadableObject,
    schedule_snapshot,
    subscription_snapshot,
)
from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot

_log = structlog.get_logger(__name__)
_EXPANDED = ("customer", "schedule", "discounts.source.coupon")


def fetch_subscription(
    subscription_id: str,
) -> tuple[SubscriptionSnapshot, ScheduleSnapshot | None]:
    """Return a subscription, and the schedule that it follows.

    Raises UnreadableObject and as `client.ask`: MissingAtStripe where there is none.
    """
    path = f"/v1/subscriptions/{quote(subscription_id, safe='')}"
    return _snapshots(ask(lambda client: read_plain(client, path, {"expand": list(_EXPANDED)})))


def list_subscriptions() -> Iterator[tuple[SubscriptionSnapshot, ScheduleSnapshot | None]]:
    """Yield every subscription of the account, ended ones too. Raises as `ask`.

    One that cannot be read is logged and left out: it must not hide the others.
    """
    more: Any = {"status": "all", "expand": [f"data.{one}" for one in _EXPANDED]}
    for found in ask_all(lambda client, page: read_plain(client, "/v1/subscriptions", page | more)):
        try:
            snapshots = _snapshots(found)
        except UnreadableObject:
            _log.warning("stripe_subscription_unreadable", stripe_subscription=found["id"])
            continue
        yield snapshots


def _snapshots(found: dict[str, Any]) -> tuple[SubscriptionSnapshot, ScheduleSnapshot | None]:
    schedule = found.get("schedule")
    return subscription_snapshot(found), schedule_snapshot(schedule) if schedule else None
