"""API versions: objects are kept in the newest; this is how an old one looked."""

from collections.abc import Callable
from typing import Any

import stripe

from sandbox.contract.plans import plan_of
from sandbox.store.json_values import HIDDEN, Json
from sandbox.wire.errors import invalid

NEWEST = stripe.api_version
OLDEST = "2024-06-20"
VERSIONS = (NEWEST, OLDEST)


def check_version(wanted: str | None) -> str:
    """The version of a request; Stripe's 400 for one that the sandbox does not speak."""
    if not wanted:
        return NEWEST
    if wanted not in VERSIONS:
        raise invalid(
            f"Invalid Stripe API version: {wanted}. This sandbox speaks {NEWEST} and {OLDEST}."
        )
    return wanted


def rendered(value: Any, version: str) -> Any:
    """A copy without hidden parts, every object in it shaped as in `version`."""
    if isinstance(value, list):
        return [rendered(each, version) for each in value]
    if not isinstance(value, dict):
        return value
    copy: Json = {key: rendered(each, version) for key, each in value.items() if key != HIDDEN}
    if version == OLDEST and (aged := OLDER.get(str(value.get("object")))):
        aged(copy, value)
    return copy


def _older_subscription(copy: Json, now: Json) -> None:
    first = now["items"]["data"][0] if now["items"]["data"] else {}
    copy["current_period_start"] = first.get("current_period_start")
    copy["current_period_end"] = first.get("current_period_end")
    copy["discount"] = None
    copy["items"]["total_count"] = len(now["items"]["data"])
    _without(copy, "billing_mode billing_schedules customer_account managed_payments")
    _without(copy["automatic_tax"], "disabled_reason")


def _older_item(copy: Json, _now: Json) -> None:
    _without(copy, "current_period_start current_period_end billed_until current_trial")


def _older_invoice(copy: Json, now: Json) -> None:
    details = (now["parent"] or {}).get("subscription_details") or {}
    part = now.get(HIDDEN, {})
    copy |= {
        "application_fee_amount": None,
        "charge": part.get("charge"),
        "discount": None,
        "paid": now["status"] == "paid",
        "paid_out_of_band": bool(part.get("paid_out_of_band")),
        "payment_intent": part.get("payment_intent"),
        "quote": None,
        "subscription": details.get("subscription"),
        "subscription_details": {"metadata": details.get("metadata")},
        "tax": sum(tax["amount"] for tax in now["total_taxes"] or []) or None,
        "total_tax_amounts": [_older_tax(tax) for tax in now["total_taxes"] or []],
        "transfer_data": None,
    }
    copy["lines"]["total_count"] = len(now["lines"]["data"])
    _without(
        copy, "amount_overpaid customer_account parent total_pretax_credit_amounts total_taxes"
    )
    _without(copy, "amount_paid_off_stripe")
    _without(copy["automatic_tax"], "disabled_reason provider")


def _older_line(copy: Json, now: Json) -> None:
    parent = now["parent"] or {}
    details = parent.get("subscription_item_details") or parent.get("invoice_item_details") or {}
    price = now.get(HIDDEN, {}).get("price")
    taxes = now["taxes"] or []
    excluding = now["amount"] - sum(
        tax["amount"] for tax in taxes if tax["tax_behavior"] == "inclusive"
    )
    copy |= {
        "amount_excluding_tax": excluding,
        "invoice_item": details.get("invoice_item"),
        "plan": rendered(plan_of(price), OLDEST) if price and price.get("recurring") else None,
        "price": rendered(price, OLDEST),
        "proration": bool(details.get("proration")),
        "proration_details": details.get("proration_details") or {"credited_items": None},
        "subscription": details.get("subscription"),
        "subscription_item": details.get("subscription_item"),
        "tax_amounts": [_older_tax(tax) for tax in taxes],
        "tax_rates": [],
        "type": "subscription" if details.get("subscription_item") else "invoiceitem",
        "unit_amount_excluding_tax": (now["pricing"] or {}).get("unit_amount_decimal"),
    }
    _without(copy, "parent pretax_credit_amounts pricing quantity_decimal subtotal taxes")


def _older_tax(tax: Json) -> Json:
    return {
        "amount": tax["amount"],
        "inclusive": tax["tax_behavior"] == "inclusive",
        "tax_rate": tax["tax_rate_details"]["tax_rate"],
        "taxability_reason": tax["taxability_reason"],
        "taxable_amount": tax["taxable_amount"],
    }


def _older_session(copy: Json, now: Json) -> None:
    copy["shipping_details"] = None
    copy["ui_mode"] = {"hosted_page": "hosted"}.get(now["ui_mode"], now["ui_mode"])
    _without(
        copy,
        "adaptive_pricing allowed_payment_method_types branding_settings collected_information"
        " customer_account discounts excluded_payment_method_types integration_identifier"
        " managed_payments name_collection origin_context permissions wallet_options",
    )
    if copy["tax_id_collection"]:
        _without(copy["tax_id_collection"], "required")
    if copy["customer_details"]:
        _without(copy["customer_details"], "business_name individual_name")
    _without(copy["automatic_tax"], "provider")


def _older_price(copy: Json, _now: Json) -> None:
    if copy["recurring"]:
        copy["recurring"]["aggregate_usage"] = None


def _older_plan(copy: Json, _now: Json) -> None:
    copy["aggregate_usage"] = None


def _older_schedule(copy: Json, _now: Json) -> None:
    _without(copy, "billing_mode customer_account pause_schedules")


def _older_promotion_code(copy: Json, now: Json) -> None:
    copy["coupon"] = now["promotion"]["coupon"]
    _without(copy, "promotion customer_account")


def _older_discount(copy: Json, now: Json) -> None:
    copy["coupon"] = now["source"]["coupon"]
    _without(copy, "source customer_account")


def _without(copy: Json, names: str) -> None:
    for name in names.split():
        copy.pop(name, None)


OLDER: dict[str, Callable[[Json, Json], None]] = {
    "subscription": _older_subscription,
    "subscription_item": _older_item,
    "invoice": _older_invoice,
    "line_item": _older_line,
    "checkout.session": _older_session,
    "price": _older_price,
    "plan": _older_plan,
    "subscription_schedule": _older_schedule,
    "promotion_code": _older_promotion_code,
    "discount": _older_discount,
}
