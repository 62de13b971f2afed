"""Reads Stripe's objects of the newest and of old API versions; pure.

Between 2024-06-20 and now, periods moved from the subscription to its items, an invoice's
subscription below `parent`, its taxes to `total_taxes`, a line's price to `pricing`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from app.modules.billing.gateways.snapshots import (
    CheckoutSnapshot,
    InvoiceSnapshot,
    LineSnapshot,
    PhaseSnapshot,
    ScheduleSnapshot,
    SubscriptionSnapshot,
)

Json = Mapping[str, Any]
LIVE_SCHEDULES = {"not_started", "active"}


class UnreadableObject(ValueError):
    """An object lacks what every version of it has."""


def subscription_snapshot(one: Json) -> SubscriptionSnapshot:
    """Read a subscription. Raises UnreadableObject."""
    try:
        return _subscription(one)
    except (KeyError, IndexError, TypeError) as wrong:
        raise UnreadableObject("not a subscription that we can read") from wrong


def _subscription(one: Json) -> SubscriptionSnapshot:
    item = one["items"]["data"][0]
    price = item.get("price") or item["plan"]
    unit_amount = price.get("unit_amount", price.get("amount")) or 0
    quantity = item.get("quantity") or 1
    period_end = item.get("current_period_end") or one["current_period_end"]
    pending = (one.get("pending_update") or {}).get("subscription_items") or []
    return SubscriptionSnapshot(
        id=one["id"],
        customer_id=_id(one["customer"]),
        status=one["status"],
        livemode=one["livemode"],
        created_at=_at(one["created"]),
        item_id=item["id"],
        price_id=price["id"],
        product_id=_id(price["product"]),
        unit_amount_cents=unit_amount,
        quantity=quantity,
        discount_cents=_discount(one, unit_amount * quantity),
        currency=price["currency"].upper(),
        interval=(price.get("recurring") or price)["interval"],
        period_start=_at(item.get("current_period_start") or one["current_period_start"]),
        period_end=_at(period_end),
        anchor=_at(one["billing_cycle_anchor"]),
        trial_end=_maybe_at(one.get("trial_end")),
        ends_at=_ends_at(one, period_end),
        cancel_at_period_end=bool(one.get("cancel_at_period_end")),
        canceled_at=_maybe_at(one.get("canceled_at")),
        ended_at=_maybe_at(one.get("ended_at")),
        cancellation_reason=_cancellation_reason(one),
        schedule_id=_maybe_id(one.get("schedule")),
        pending_price_id=_id(pending[0]["price"]) if pending else None,
        has_payment_method=_has_payment_method(one),
        latest_invoice_id=_maybe_id(one.get("latest_invoice")),
        metadata=dict(one.get("metadata") or {}),
    )


def invoice_snapshot(one: Json) -> InvoiceSnapshot:
    """Read an invoice. Raises UnreadableObject."""
    try:
        return _invoice(one)
    except (KeyError, IndexError, TypeError) as wrong:
        raise UnreadableObject("not an invoice that we can read") from wrong


def _invoice(one: Json) -> InvoiceSnapshot:
    of_subscription = (one.get("parent") or {}).get("subscription_details") or {}
    details = of_subscription or one.get("subscription_details") or {}
    taxes = one.get("total_taxes")
    if taxes is None:
        taxes = one.get("total_tax_amounts") or []
    return InvoiceSnapshot(
        id=one["id"],
        status=one["status"] or "draft",
        customer_id=_id(one["customer"]),
        subscription_id=_subscription_of_invoice(one),
        livemode=one["livemode"],
        number=one.get("number"),
        invoiced_at=_at(one.get("effective_at") or one["created"]),
        due_at=_maybe_at(one.get("due_date")),
        subtotal_cents=one["subtotal"],
        tax_cents=sum(tax["amount"] for tax in taxes),
        tax_by_rate=tuple((_tax_rate(tax), tax["amount"]) for tax in taxes),
        reverse_charge=any(tax.get("taxability_reason") == "reverse_charge" for tax in taxes),
        total_cents=one["total"],
        amount_due_cents=one["amount_due"],
        amount_paid_cents=one["amount_paid"],
        currency=one["currency"].upper(),
        attempt_count=one.get("attempt_count") or 0,
        next_attempt_at=_maybe_at(one.get("next_payment_attempt")),
        billing_reason=one.get("billing_reason"),
        buyer_name=one.get("customer_name"),
        buyer_address=one.get("customer_address"),
        buyer_vat_id=next((tax["value"] for tax in one.get("customer_tax_ids") or []), None),
        hosted_url=one.get("hosted_invoice_url"),
        pdf_url=one.get("invoice_pdf"),
        lines=tuple(_line(line) for line in (one.get("lines") or {}).get("data", [])),
        metadata=dict(details.get("metadata") or {}),
    )


def links_of(one: Json) -> tuple[str | None, str | None]:
    """Return the subscription and the customer that an object speaks of, where it says so."""
    if one.get("object") == "customer":
        return None, one["id"]
    customer_id = _maybe_id(one.get("customer"))
    if one.get("object") == "subscription":
        return one["id"], customer_id
    return _subscription_of_invoice(one), customer_id


def schedule_snapshot(one: Json) -> ScheduleSnapshot:
    """Read a subscription schedule."""
    return ScheduleSnapshot(
        id=one["id"],
        subscription_id=_maybe_id(one.get("subscription")),
        is_live=one["status"] in LIVE_SCHEDULES,
        phases=tuple(
            PhaseSnapshot(
                price_id=_id(phase["items"][0]["price"]),
                starts_at=_at(phase["start_date"]),
                ends_at=_maybe_at(phase.get("end_date")),
            )
            for phase in one["phases"]
        ),
    )


def checkout_snapshot(one: Json) -> CheckoutSnapshot:
    """Read a checkout session."""
    return CheckoutSnapshot(
        id=one["id"],
        status=one["status"],
        payment_status=one["payment_status"],
        customer_id=_maybe_id(one.get("customer")),
        subscription_id=_maybe_id(one.get("subscription")),
        url=one.get("url"),
        expires_at=_at(one["expires_at"]),
        livemode=one["livemode"],
        metadata=dict(one.get("metadata") or {}),
    )


def _subscription_of_invoice(one: Json) -> str | None:
    details = (one.get("parent") or {}).get("subscription_details") or {}
    return _maybe_id(details.get("subscription") or one.get("subscription"))


def _line(line: Json) -> LineSnapshot:
    return LineSnapshot(line.get("description") or "", line.get("quantity") or 1, line["amount"])


def _tax_rate(tax: Json) -> str:
    named = (tax.get("tax_rate_details") or {}).get("tax_rate") or tax.get("tax_rate")
    return _maybe_id(named) or ""


def _ends_at(one: Json, period_end: int) -> datetime | None:
    """The portal sets `cancel_at` alone in flexible mode (S8)."""
    if one.get("cancel_at"):
        return _at(one["cancel_at"])
    return _at(period_end) if one.get("cancel_at_period_end") else None


def _cancellation_reason(one: Json) -> str | None:
    details = one.get("cancellation_details") or {}
    return details.get("comment") or details.get("feedback") or details.get("reason")


def _has_payment_method(one: Json) -> bool | None:
    if one.get("default_payment_method") or one.get("default_source"):
        return True
    customer = one["customer"]
    if isinstance(customer, str):
        return None
    settings = customer.get("invoice_settings") or {}
    return bool(settings.get("default_payment_method") or customer.get("default_source"))


def _discount(one: Json, amount_cents: int) -> int:
    """What the coupons take off one period, known where the discounts were sent along."""
    found = one.get("discounts") or ([one["discount"]] if one.get("discount") else [])
    left = amount_cents
    for discount in found:
        if isinstance(discount, str):
            continue
        coupon = discount.get("coupon") or (discount.get("source") or {}).get("coupon")
        if isinstance(coupon, Mapping) and coupon.get("duration") == "forever":
            left -= _off(coupon, left)
    return amount_cents - max(left, 0)


def _off(coupon: Json, amount_cents: int) -> int:
    if coupon.get("amount_off"):
        return min(int(coupon["amount_off"]), amount_cents)
    return round(amount_cents * Fraction(str(coupon["percent_off"])) / 100)


def _id(value: Any) -> str:
    return value if isinstance(value, str) else str(value["id"])


def _maybe_id(value: Any) -> str | None:
    return _id(value) if value else None


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _maybe_at(seconds: int | None) -> datetime | None:
    return None if seconds is None else _at(seconds)
