"""Changing a subscription at Stripe: up, down, end, stay (S7, S8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.modules.billing.gateways.client import ask, keyed
from app.modules.billing.gateways.schedule_phases import downgrade_phases
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot

Key = tuple[object, ...]


@dataclass(frozen=True)
class Upgraded:
    """What became of a change that is paid at once; `is_pending` until its invoice is paid.

    `amount_due_cents` is what the invoice asks for, 0 where none was made.
    """

    is_pending: bool
    amount_due_cents: int
    payment_url: str | None


def upgrade(
    subscription: SubscriptionSnapshot, *, price_id: str, at: datetime, key: Key
) -> Upgraded:
    """Change the price now, prorated `at` an instant and invoiced at once.

    Not paid, the subscription stays as it was until the invoice is. Raises as `ask`.
    """
    params: Any = {
        "items": [{"id": subscription.item_id, "price": price_id}],
        "proration_behavior": "always_invoice",
        "proration_date": int(at.timestamp()),
        "payment_behavior": "pending_if_incomplete",
        "expand": ["latest_invoice"],
    }
    changed = _update(subscription.id, params, key)
    invoice = changed["latest_invoice"]
    if invoice is None or invoice["id"] == subscription.latest_invoice_id:
        return Upgraded(False, 0, None)
    is_pending = changed.get("pending_update") is not None
    url = invoice["hosted_invoice_url"] if is_pending else None
    return Upgraded(is_pending, invoice["amount_due"], url)


def schedule_downgrade(
    subscription: SubscriptionSnapshot, *, price_id: str, interval: str, key: Key
) -> None:
    """Let another price begin with the next period; everything else stays. Raises as `ask`."""
    create: Any = {"from_subscription": subscription.id}
    options: Any = keyed(*key, "create")
    made = ask(lambda stripe: stripe.v1.subscription_schedules.create(create, options))
    update: Any = {
        "end_behavior": "release",
        "phases": downgrade_phases(made["phases"][0], price_id=price_id, interval=interval),
    }
    then: Any = keyed(*key, "phases")
    ask(lambda stripe: stripe.v1.subscription_schedules.update(made["id"], update, then))


def release_schedule(schedule_id: str) -> None:
    """Drop what was scheduled; the subscription goes on as it is. Raises as `ask`."""
    ask(lambda stripe: stripe.v1.subscription_schedules.release(schedule_id))


def cancel_at_period_end(subscription_id: str, *, reason: str | None, key: Key) -> None:
    """Let a subscription end with its paid period. Raises as `ask`."""
    params: dict[str, Any] = {"cancel_at_period_end": True}
    if reason:
        params["cancellation_details"] = {"comment": reason}
    _update(subscription_id, params, key)


def cancel_now(subscription_id: str, *, reason: str | None) -> None:
    """End a subscription at once, without a refund. Raises as `ask`."""
    params: Any = {"cancellation_details": {"comment": reason}} if reason else {}
    ask(lambda stripe: stripe.v1.subscriptions.cancel(subscription_id, params))


def keep(subscription: SubscriptionSnapshot, *, key: Key) -> None:
    """Take a scheduled end back, whichever way it was scheduled (S8). Raises as `ask`."""
    at_period_end = subscription.cancel_at_period_end
    _update(
        subscription.id,
        {"cancel_at_period_end": False} if at_period_end else {"cancel_at": ""},
        key,
    )


def end_trial_at(subscription_id: str, *, at: datetime, key: Key) -> None:
    """Move the end of a trial. Raises as `ask`."""
    params = {"trial_end": int(at.timestamp()), "proration_behavior": "none"}
    _update(subscription_id, params, key)


def _update(subscription_id: str, params: dict[str, Any], key: Key) -> dict[str, Any]:
    asked: Any = params
    options: Any = keyed(*key)
    return ask(lambda stripe: stripe.v1.subscriptions.update(subscription_id, asked, options))
