"""New objects with every field of the SDK's class: what is not said is null."""

from functools import cache
from typing import Any, get_args, get_origin

from sandbox.contract.classes import class_of
from sandbox.store.json_values import Json

ONLY_WHEN_ASKED = {
    "charge": {"refunds", "level3"},
    "coupon": {"applies_to", "currency_options"},
    "customer": {
        *("sources", "subscriptions", "tax_ids", "cash_balance", "invoice_credit_balance"),
    },
    "invoice": {"payments", "confirmation_secret", "threshold_reason", "status_details"},
    "checkout.session": {"line_items", "optional_items", "presentment_details"},
    "plan": {"tiers"},
    "price": {"currency_options", "tiers"},
    "subscription": {"presentment_details", "status_details"},
    "webhook_endpoint": {"secret"},
}
"""Optional fields that Stripe leaves out unless they are asked for or filled."""

ALWAYS_NULLABLE = {
    "account": set[str](),
    "payment_method": {"allow_redisplay", "card", "customer", "customer_account", "metadata"},
}
"""Of classes with a field for every country and method: those that are there in any case."""


@cache
def nullable_fields(kind: str) -> tuple[str, ...]:
    """Fields that are null on an object about which nothing is known yet."""
    absent = ONLY_WHEN_ASKED.get(kind, set()) | {"deleted"}
    present = ALWAYS_NULLABLE.get(kind)
    return tuple(
        name
        for name, hint in class_of(kind).__annotations__.items()
        if name not in absent
        and (present is None or name in present)
        and type(None) in get_args(hint)
        and not _is_class_variable(hint)
    )


def blank(kind: str, object_id: str | None, **fields: Any) -> Json:
    """An object of a kind with the given fields, all other nullable ones null."""
    obj: Json = {} if object_id is None else {"id": object_id}
    obj["object"] = kind
    if "livemode" in class_of(kind).__annotations__:
        obj["livemode"] = False
    for name in nullable_fields(kind):
        obj.setdefault(name, None)
    obj.update(fields)
    return obj


def _is_class_variable(hint: Any) -> bool:
    return "ClassVar" in str(get_origin(hint))
