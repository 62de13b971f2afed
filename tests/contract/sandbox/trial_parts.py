"""Pieces that several endpoints share, each with the two values to compare."""

from tests.integration.sandbox.world import DAY, NOW

Trial = tuple[str, str] | tuple[str, str, dict[str, str]]

LATER = NOW + 5 * DAY
"""Account time in the scene."""

NEXT = str(LATER + 2 * DAY)
TIMES = (str(NOW - 1), str(LATER + DAY))
PRICE_DATA: dict[str, str] = {
    "price_data.currency": "eur",
    "price_data.product": "{product_a}",
    "price_data.unit_amount": "1500",
    "price_data.recurring.interval": "month",
}


def data(prefix: str, *, recurring: bool = True, **more: str) -> dict[str, str]:
    """`price_data` below a prefix, and no `price` beside it."""
    given = {f"{prefix}{key}": value for key, value in PRICE_DATA.items()}
    if not recurring:
        given.pop(f"{prefix}price_data.recurring.interval")
    return {**given, f"{prefix}price": "", **more}


def prices(prefix: str, more: dict[str, str] | None = None) -> dict[str, Trial]:
    """Trials for the price of an item."""
    extra = more or {}
    with_data = data(prefix) | extra
    return {
        f"{prefix}price": ("{small}", "{third}", extra),
        f"{prefix}price_data.currency": ("eur", "usd", with_data),
        f"{prefix}price_data.product": ("{product_a}", "{product_b}", with_data),
        f"{prefix}price_data.unit_amount": ("100", "200", with_data),
        f"{prefix}price_data.tax_behavior": ("exclusive", "inclusive", with_data),
        f"{prefix}price_data.recurring.interval": ("month", "year", with_data),
        f"{prefix}price_data.recurring.interval_count": ("1", "2", with_data),
        f"{prefix}quantity": ("2", "3", extra),
        f"{prefix}tax_rates": ("{rate_a}", "{rate_b}", extra),
    }


def paging(first: str, second: str) -> dict[str, Trial]:
    """Trials for the pages of a list."""
    return {
        "limit": ("1", "2"),
        "starting_after": (first, second),
        "ending_before": (first, second),
        "created": TIMES,
    }


def discounts(prefix: str = "") -> dict[str, Trial]:
    """Trials for discounts."""
    path = f"{prefix}discounts.0."
    return {
        f"{path}coupon": ("{coupon_a}", "{coupon_b}"),
        f"{path}promotion_code": ("{promo_a}", "{promo_b}"),
        f"{path}discount": ("{di_a}", "{di_b}"),
    }


SENDING = {"collection_method": "send_invoice", "days_until_due": "9"}
FUTURE = (str(LATER + DAY), NEXT)
CANCELLING: dict[str, Trial] = {"cancel_at": FUTURE, "cancel_at_period_end": ("true", "false")}
COLLECTING: dict[str, Trial] = {
    "collection_method": (
        "charge_automatically",
        "send_invoice",
        {"days_until_due": ""},
    ),
    "days_until_due": ("3", "4", {"collection_method": "send_invoice"}),
}
FEATURES = "features.customer_update.enabled"
CANCEL = "features.subscription_cancel."
REASON = f"{CANCEL}cancellation_reason."
CAN = {f"{CANCEL}enabled": "true"}
PORTAL: dict[str, Trial] = {
    "features.customer_update.allowed_updates": ("address", "name"),
    f"{CANCEL}mode": ("at_period_end", "immediately", CAN),
    f"{REASON}options": ("unused", "other", {**CAN, f"{REASON}enabled": "true"}),
    f"{REASON}enabled": ("true", "false", {**CAN, f"{REASON}options.0": "other"}),
}
PLACE: dict[str, Trial] = {
    "balance": ("-100", "100"),
    "invoice_settings.default_payment_method": ("{card_a0}", "{card_a1}"),
    "tax_exempt": ("exempt", "none"),
    "coupon": ("{coupon_a}", "{coupon_b}"),
    "source": ("tok_visa", "tok_mastercard"),
    "shipping.name": ("a", "b", {"shipping.address.line1": "x"}),
    "shipping.phone": ("1", "2", {"shipping.address.line1": "x", "shipping.name": "n"}),
}
SHIPPED = {"shipping.name": "n", "shipping.address.line1": "x"}
for field in ("city", "country", "line1", "line2", "postal_code", "state"):
    PLACE[f"shipping.address.{field}"] = ("a", "b", SHIPPED)
ITEM_CHANGE = {
    "payment_behavior": ("allow_incomplete", "error_if_incomplete"),
    "proration_behavior": ("create_prorations", "none"),
    "proration_date": (str(NOW), str(NOW + DAY)),
}

EXTRA_DATA = data("add_invoice_items.0.", recurring=False)
POST_SUBSCRIPTION = {
    **prices("items.0."),
    **discounts(),
    **CANCELLING,
    **COLLECTING,
    "customer": ("{cus_a}", "{cus_b}"),
    "default_payment_method": ("{card_a0}", "{card_a1}"),
    "default_tax_rates": ("{rate_a}", "{rate_b}"),
    "payment_behavior": ("allow_incomplete", "error_if_incomplete", {"customer": "{cus_bad1}"}),
    "payment_settings.save_default_payment_method": ("off", "on_subscription"),
    "proration_behavior": ("create_prorations", "none", {"billing_cycle_anchor": NEXT}),
    "trial_end": FUTURE,
    "trial_from_plan": ("true", "false", {"items.0.price": "{with_trial}"}),
    "trial_settings.end_behavior.missing_payment_method": ("cancel", "pause"),
    "add_invoice_items.0.price": ("{once_a}", "{once_b}"),
    "add_invoice_items.0.quantity": ("1", "2", {"add_invoice_items.0.price": "{once_a}"}),
    "billing_cycle_anchor": FUTURE,
    "billing_mode.type": ("classic", "flexible"),
    "currency": ("eur", "usd"),
    "off_session": ("true", "false", {"customer": "{cus_bad0}"}),
} | {
    key.replace("items.0.", "add_invoice_items.0."): (*trial[:2], EXTRA_DATA)
    for key, trial in prices("items.0.").items()
    if "price_data" in key and "recurring" not in key
}


def unpaid(name: str) -> dict[str, str]:
    """A change of a subscription whose card does not simply pay."""
    return {
        "@": f"/v1/subscriptions/{{{name}}}",
        "items.0.id": f"{{{name}_0}}",
        "items.0.quantity": "9",
        "proration_behavior": "always_invoice",
    }


FIRST_ONLY = {"items.0.id": "{two_0}", "items.1.id": "{two_1}", "items.1.deleted": "true"}
AT_ONCE = {"subscription_details.proration_behavior": "always_invoice"}
TWO = {"items.0.id": "{two_0}", "items.0.quantity": "4"}
CHANGE_SUBSCRIPTION = {
    **prices("items.0.", FIRST_ONLY),
    **discounts(),
    **CANCELLING,
    **COLLECTING,
    "items.0.id": ("{two_0}", "{two_1}", {"items.0.quantity": "7"}),
    "items.0.deleted": ("true", "false", {"items.0.id": "{two_0}"}),
    "items.0.metadata": ("a", "b", {"items.0.id": "{two_0}"}),
    "default_payment_method": ("{card_a0}", "{card_a1}"),
    "default_tax_rates": ("{rate_a}", "{rate_b}"),
    "payment_behavior": (
        "pending_if_incomplete",
        "allow_incomplete",
        unpaid("sub_fails"),
    ),
    "off_session": (
        "true",
        "false",
        unpaid("sub_asks"),
    ),
    "payment_settings.save_default_payment_method": ("off", "on_subscription"),
    "proration_behavior": ("always_invoice", "none", TWO),
    "proration_date": (str(NOW), str(NOW + DAY), TWO),
    "trial_end": FUTURE,
    "trial_settings.end_behavior.missing_payment_method": ("cancel", "pause"),
    "billing_cycle_anchor.type": ("now", "unchanged"),
    "pause_collection.behavior": ("void", "keep_as_draft"),
    "pause_collection.resumes_at": (*FUTURE, {"pause_collection.behavior": "void"}),
}

DETAILS = "subscription_details."
PREVIEW_ITEM = {
    f"{DETAILS}items.0.id": "{two_0}",
    f"{DETAILS}items.1.id": "{two_1}",
    f"{DETAILS}items.1.deleted": "true",
}
PREVIEW_TWO = {f"{DETAILS}{key}": value for key, value in TWO.items()}
PREVIEW = {
    **prices(f"{DETAILS}items.0.", PREVIEW_ITEM),
    **discounts(),
    "automatic_tax.enabled": ("true", "false"),
    "customer": ("{cus_a}", "{cus_b}", {"subscription": ""}),
    "preview_mode": ("next", "recurring", PREVIEW_TWO | AT_ONCE),
    "schedule": ("{sched_a}", "{sched_b}", {"subscription": ""}),
    "subscription": ("{sub_two}", "{sub_trial}"),
    f"{DETAILS}items.0.id": ("{two_0}", "{two_1}", {f"{DETAILS}items.0.quantity": "7"}),
    f"{DETAILS}items.0.deleted": ("true", "false", {f"{DETAILS}items.0.id": "{two_0}"}),
    f"{DETAILS}billing_cycle_anchor.type": ("now", "unchanged"),
    f"{DETAILS}cancel_at": (str(LATER + DAY), str(LATER + 90 * DAY)),
    f"{DETAILS}cancel_at_period_end": ("true", "false"),
    f"{DETAILS}default_tax_rates": ("{rate_a}", "{rate_b}"),
    f"{DETAILS}proration_behavior": ("always_invoice", "none", PREVIEW_TWO),
    f"{DETAILS}proration_date": (str(NOW), str(NOW + DAY), PREVIEW_TWO),
    f"{DETAILS}trial_end": FUTURE,
}

LINE = {"line_items.0.price": "{small}", "line_items.0.quantity": "1"}
SESSION_BASE = {**LINE, "mode": "subscription", "success_url": "https://shop.test/"}
SESSION = {
    **prices("line_items.0."),
    "customer": ("{cus_a}", "{cus_b}"),
    "customer_update.address": ("auto", "never", {"customer": "{cus_a}"}),
    "customer_update.name": ("auto", "never", {"customer": "{cus_a}"}),
    "discounts.0.coupon": ("{coupon_a}", "{coupon_b}"),
    "discounts.0.promotion_code": ("{promo_a}", "{promo_b}"),
    "expires_at": (str(LATER + 3600), str(LATER + 7200)),
    "locale": ("de", "fr"),
    "mode": ("subscription", "payment"),
    "subscription_data.billing_cycle_anchor": FUTURE,
    "subscription_data.billing_mode.type": ("classic", "flexible"),
    "subscription_data.default_tax_rates": ("{rate_a}", "{rate_b}"),
    "subscription_data.proration_behavior": (
        "create_prorations",
        "none",
        {"subscription_data.billing_cycle_anchor": NEXT},
    ),
    "subscription_data.trial_end": (str(LATER + 3 * DAY), str(LATER + 4 * DAY)),
    "subscription_data.trial_settings.end_behavior.missing_payment_method": ("cancel", "pause"),
}

NOW_PHASE = {
    "phases.0.start_date": "{phase_start}",
    "phases.0.end_date": "{phase_end}",
    "phases.0.items.0.price": "{small}",
}
PHASE = "phases.1."
SCHEDULE = {
    **prices(f"{PHASE}items.0."),
    f"{PHASE}discounts.0.coupon": ("{coupon_a}", "{coupon_b}"),
    f"{PHASE}discounts.0.promotion_code": ("{promo_a}", "{promo_b}"),
    f"{PHASE}discounts.0.discount": ("{di_a}", "{di_b}"),
    f"{PHASE}billing_cycle_anchor": ("automatic", "phase_start"),
    f"{PHASE}collection_method": ("charge_automatically", "send_invoice"),
    f"{PHASE}default_payment_method": ("{card_a0}", "{card_a1}"),
    f"{PHASE}default_tax_rates": ("{rate_a}", "{rate_b}"),
    f"{PHASE}duration.interval": ("month", "year"),
    f"{PHASE}duration.interval_count": ("1", "2", {f"{PHASE}duration.interval": "month"}),
    f"{PHASE}end_date": (str(NOW + 90 * DAY), str(NOW + 91 * DAY)),
    f"{PHASE}proration_behavior": ("create_prorations", "none"),
    f"{PHASE}start_date": ("{phase_end}", str(NOW + 90 * DAY)),
    f"{PHASE}trial_end": (str(NOW + 40 * DAY), str(NOW + 41 * DAY)),
    "end_behavior": ("release", "cancel"),
}

RECURRING = {"recurring.interval": "month"}
DEFAULT_PRICE = {
    "default_price_data.currency": "eur",
    "default_price_data.unit_amount": "100",
    "default_price_data.recurring.interval": "month",
}
