"""What Stripe has of a shop, and what we have, in the same words; read from Stripe's JSON alone."""

from datetime import UTC, datetime
from typing import Any

from app.kit.db import unit_of_work
from app.modules.billing.models import (
    BillingHistory,
    MerchantSubscription,
    StoreAddOn,
    SubscriptionTier,
    TierPrice,
)
from tests.integration.billing.webhooks.life import EXTRA, PLAN, Life

STATUSES = {
    "trialing": "trial",
    "active": "active",
    "past_due": "past_due",
    "unpaid": "unpaid",
    "canceled": "cancelled",
    "paused": "paused",
}
ARREARS = {"past_due", "unpaid"}
EARNING = {"active", "past_due"}
Facts = dict[str, Any]


def at_stripe(life: Life) -> Facts:
    """Plan, add-ons and invoices as Stripe has them."""
    plans = life.subscriptions(PLAN)
    running = [one for one in plans if one["status"] != "canceled"]
    plan = next(iter(running or plans), None)
    invoices = life.invoices()
    return {
        "plan": None if plan is None else _plan(plan, invoices),
        "addons": {one["id"]: STATUSES[one["status"]] for one in life.subscriptions(EXTRA)},
        "invoices": {
            one["id"]: (
                one["status"],
                one["total"],
                one["amount_paid"],
                one["attempt_count"],
                life.refunds[one["id"]],
            )
            for one in invoices
        },
    }


def here(life: Life) -> Facts:
    """Plan, add-ons and invoices in our own tables."""
    with unit_of_work(read_only=True) as work:
        row = work.session.query(MerchantSubscription).filter_by(merchant_id=life.shop.merchant_id)
        addons = work.session.query(StoreAddOn).filter_by(merchant_id=life.shop.merchant_id)
        invoices = work.session.query(BillingHistory).filter_by(merchant_id=life.shop.merchant_id)
        return {
            "plan": _row(row.one()),
            "addons": {one.stripe_subscription_id: one.status for one in addons},
            "invoices": {
                one.stripe_invoice_id: (
                    one.status,
                    one.total_cents,
                    one.amount_paid_cents,
                    one.attempt_count,
                    one.refunded_cents,
                )
                for one in invoices
            },
        }


def _plan(plan: dict[str, Any], invoices: list[dict[str, Any]]) -> Facts:
    item = plan["items"]["data"][0]
    price = item["price"]
    is_over = plan["status"] == "canceled"
    own = [one for one in invoices if _subscription_of(one) == plan["id"]]
    owed = [one for one in own if one["status"] == "open" and one["attempt_count"]]
    in_arrears = plan["status"] in ARREARS
    ends_at = plan["cancel_at"] or (
        item["current_period_end"] if plan["cancel_at_period_end"] else None
    )
    year = price["unit_amount"] * (1 if price["recurring"]["interval"] == "year" else 12)
    return {
        "id": plan["id"],
        "status": STATUSES[plan["status"]],
        "source": "stripe",
        "tier_id": _tier_of(price["id"]),
        "is_annual": price["recurring"]["interval"] == "year",
        "period": (_at(item["current_period_start"]), _at(item["current_period_end"])),
        "trial_ends_at": _at(plan["trial_end"]),
        "cancel_at": None if is_over else _at(ends_at),
        "cancelled_at": _at(plan["ended_at"]) if is_over else None,
        "price_id": price["id"],
        "unit_amount_cents": price["unit_amount"],
        "arr_cents": year if plan["status"] in EARNING else 0,
        "schedule_id": plan["schedule"],
        "retries": owed[0]["attempt_count"] if in_arrears and owed else 0,
        "past_due_since": _at(owed[-1]["effective_at"]) if in_arrears and owed else None,
    }


def _row(row: MerchantSubscription) -> Facts | None:
    if row.stripe_subscription_id is None:
        return None
    return {
        "id": row.stripe_subscription_id,
        "status": row.status,
        "source": row.billing_source,
        "tier_id": row.tier_id,
        "is_annual": row.is_annual,
        "period": (row.period_start, row.period_end),
        "trial_ends_at": row.trial_ends_at,
        "cancel_at": row.cancel_at,
        "cancelled_at": row.cancelled_at,
        "price_id": row.stripe_price_id,
        "unit_amount_cents": row.unit_amount_cents,
        "arr_cents": row.arr_cents,
        "schedule_id": row.stripe_schedule_id,
        "retries": row.payment_retry_count,
        "past_due_since": row.past_due_since,
    }


def _tier_of(price_id: str) -> int:
    with unit_of_work(read_only=True) as work:
        found = work.session.query(SubscriptionTier.id).join(
            TierPrice, TierPrice.tier_id == SubscriptionTier.id
        )
        return int(found.filter(TierPrice.stripe_price_id == price_id).one()[0])


def _subscription_of(invoice: dict[str, Any]) -> Any:
    return ((invoice["parent"] or {}).get("subscription_details") or {}).get("subscription")


def _at(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
