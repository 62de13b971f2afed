"""The phases of a downgrade: now as it is, then the same at another price (S7); pure."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]
_SAME = (
    "application_fee_percent",
    "collection_method",
    "description",
    "metadata",
)
_IDS = ("default_payment_method", "on_behalf_of")


def downgrade_phases(running: Json, *, price_id: str, interval: str) -> list[dict[str, Any]]:
    """Return both phases as Stripe takes them, from the one phase of a new schedule.

    Stripe resets what a phase leaves out, so every setting of the subscription is named in both.
    """
    settings = _settings(running)
    now = {
        **settings,
        "items": [_item(one) for one in running["items"]],
        "start_date": running["start_date"],
        "end_date": running["end_date"],
        "proration_behavior": "none",
    }
    if running.get("trial_end"):
        now["trial_end"] = running["trial_end"]
    then = {
        **settings,
        "items": [{**_item(one), "price": price_id} for one in running["items"]],
        "start_date": running["end_date"],
        "duration": {"interval": interval, "interval_count": 1},
        "proration_behavior": "none",
    }
    return [now, then]


def _settings(running: Json) -> dict[str, Any]:
    settings = {name: running[name] for name in _SAME if running.get(name)}
    settings |= {name: _id(running[name]) for name in _IDS if running.get(name)}
    if running.get("discounts"):
        settings["discounts"] = [_discount(one) for one in running["discounts"]]
    if running.get("default_tax_rates"):
        settings["default_tax_rates"] = [_id(one) for one in running["default_tax_rates"]]
    if running.get("automatic_tax"):
        settings["automatic_tax"] = _automatic_tax(running["automatic_tax"])
    if running.get("invoice_settings"):
        settings["invoice_settings"] = _invoice_settings(running["invoice_settings"])
    if running.get("transfer_data"):
        settings["transfer_data"] = _given(running["transfer_data"])
    return settings


def _item(one: Json) -> dict[str, Any]:
    item = {"price": _id(one["price"]), "quantity": one.get("quantity") or 1}
    if one.get("tax_rates"):
        item["tax_rates"] = [_id(rate) for rate in one["tax_rates"]]
    if one.get("discounts"):
        item["discounts"] = [_discount(each) for each in one["discounts"]]
    if one.get("metadata"):
        item["metadata"] = dict(one["metadata"])
    return item


def _discount(one: Json) -> dict[str, str]:
    """A discount that runs is named by itself, so that it is not begun anew."""
    for name in ("discount", "promotion_code", "coupon"):
        if one.get(name):
            return {name: _id(one[name])}
    raise ValueError("a discount names nothing")


def _automatic_tax(one: Json) -> dict[str, Any]:
    tax: dict[str, Any] = {"enabled": one["enabled"]}
    if _is_other_account(one.get("liability")):
        tax["liability"] = _given(one["liability"])
    return tax


def _invoice_settings(one: Json) -> dict[str, Any]:
    settings = _given({**one, "issuer": None})
    if _is_other_account(one.get("issuer")):
        settings["issuer"] = _given(one["issuer"])
    if settings.get("account_tax_ids"):
        settings["account_tax_ids"] = [_id(tax_id) for tax_id in settings["account_tax_ids"]]
    return settings


def _is_other_account(one: Json | None) -> bool:
    """Whether somebody else than the seller is named; the seller is meant anyway."""
    return one is not None and one.get("type") == "account"


def _given(one: Json) -> dict[str, Any]:
    return {name: value for name, value in one.items() if value is not None}


def _id(value: Any) -> str:
    return value if isinstance(value, str) else str(value["id"])
