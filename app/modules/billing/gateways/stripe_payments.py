"""Payments at Stripe: why one failed, and which invoice it was for."""

from typing import Any

from app.modules.billing.gateways.client import ask


def payment_error_of(invoice_id: str) -> str | None:
    """Return Stripe's code of why the last try failed, the bank's if it told. Raises as `ask`."""
    params: Any = {
        "invoice": invoice_id,
        "limit": 1,
        "expand": ["data.payment.payment_intent"],
    }
    found = ask(lambda stripe: stripe.v1.invoice_payments.list(params))["data"]
    intent = found[0]["payment"].get("payment_intent") if found else None
    error = (intent or {}).get("last_payment_error") or {}
    return error.get("decline_code") or error.get("code")


def invoice_paid_by(payment_intent_id: str) -> str | None:
    """Return the invoice that a payment was for; None where it was for none. Raises as `ask`."""
    params: Any = {
        "payment": {"type": "payment_intent", "payment_intent": payment_intent_id},
        "limit": 1,
    }
    found = ask(lambda stripe: stripe.v1.invoice_payments.list(params))["data"]
    return str(found[0]["invoice"]) if found else None
