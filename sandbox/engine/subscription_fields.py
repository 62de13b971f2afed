"""Settings of a subscription that move no money: one function for making and for changing."""

from sandbox.engine.discounts import redeem
from sandbox.engine.payment_methods import method_from
from sandbox.engine.tax_locations import require_location
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid, missing_param
from sandbox.wire.metadata import merged_metadata


def set_fields(work: Transaction, subscription: Json, customer: Json, params: Json) -> None:
    """Copy the plain settings of a request to a subscription; each is checked first."""
    _set_texts(subscription, params)
    if "default_payment_method" in params:
        subscription["default_payment_method"] = _own_method(work, params, customer)
    if "automatic_tax" in params:
        _set_tax(subscription, customer, params["automatic_tax"]["enabled"])
    if "default_tax_rates" in params:
        subscription["default_tax_rates"] = [
            dict(work.get("tax_rate", name, param="default_tax_rates"))
            for name in params["default_tax_rates"] or []
        ]
    if "trial_settings" in params:
        behavior = params["trial_settings"]["end_behavior"]["missing_payment_method"]
        subscription["trial_settings"]["end_behavior"]["missing_payment_method"] = behavior
    if "pause_collection" in params:
        subscription["pause_collection"] = _pause(params["pause_collection"])
    _set_collection(subscription, params)
    if "discounts" in params:
        set_discounts(work, subscription, customer, params["discounts"] or [])


def _set_texts(subscription: Json, params: Json) -> None:
    if "metadata" in params:
        subscription["metadata"] = merged_metadata(subscription["metadata"], params["metadata"])
    if "description" in params:
        subscription["description"] = params["description"] or None
    if "payment_settings" in params:
        subscription["payment_settings"] |= params["payment_settings"]
    if "invoice_settings" in params:
        texts = {name: text or None for name, text in params["invoice_settings"].items()}
        subscription["invoice_settings"] |= texts


def _own_method(work: Transaction, params: Json, customer: Json) -> str | None:
    name = params["default_payment_method"]
    if not name:
        return None
    method = method_from(work, name, param="default_payment_method")
    if method["customer"] != customer["id"]:
        raise invalid(
            f"The customer does not have a payment method with the ID {name}. The payment method "
            "must be attached to the customer.",
            param="default_payment_method",
            code="resource_missing",
        )
    return str(method["id"])


def _set_tax(subscription: Json, customer: Json, enabled: bool) -> None:
    if enabled:
        require_location(customer)
    subscription["automatic_tax"] = {
        "disabled_reason": None,
        "enabled": enabled,
        "liability": {"account": None, "type": "self"} if enabled else None,
    }


def _pause(given: Json | str) -> Json | None:
    if not isinstance(given, dict):
        return None
    return {"behavior": given["behavior"], "resumes_at": given.get("resumes_at")}


def _set_collection(subscription: Json, params: Json) -> None:
    method = params.get("collection_method", subscription["collection_method"])
    days = params.get("days_until_due", subscription["days_until_due"])
    if method == "send_invoice" and days is None:
        raise missing_param("days_until_due")
    if method == "charge_automatically" and "days_until_due" in params:
        raise _days_without_sending()
    subscription["collection_method"] = method
    subscription["days_until_due"] = days if method == "send_invoice" else None


def _days_without_sending() -> StripeError:
    return invalid(
        "`days_until_due` can only be set when `collection_method` is `send_invoice`.",
        param="days_until_due",
    )


def set_discounts(work: Transaction, subscription: Json, customer: Json, given: list[Json]) -> None:
    """Replace the discounts of a subscription; those named by `discount` stay as they are."""
    before = set(subscription["discounts"])
    subscription["discounts"] = []
    for index, each in enumerate(given):
        discount = redeem(
            work,
            each,
            customer=customer,
            subscription=subscription["id"],
            param=f"discounts[{index}]",
        )
        subscription["discounts"].append(discount["id"])
        if discount["id"] not in before:
            work.emit("customer.discount.created", discount)
    for gone in before - set(subscription["discounts"]):
        work.emit("customer.discount.deleted", work.get("discount", gone))
