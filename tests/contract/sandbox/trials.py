"""For every endpoint: a request that works, and for parameters the two values to compare.

A value may name things of the scene in braces. Where nothing is said, values come from the
parameter's type. The third part of a trial is what the request needs besides.
"""

from typing import Any

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

TRIALS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "POST /v1/billing_portal/configurations": ({FEATURES: "true"}, PORTAL),
    "POST /v1/billing_portal/configurations/{portal_b}": ({}, PORTAL),
    "GET /v1/billing_portal/configurations": ({}, paging("{portal_a}", "{portal_b}")),
    "POST /v1/billing_portal/sessions": (
        {"customer": "{cus_a}"},
        {
            "configuration": ("{portal_a}", "{portal_b}"),
            "customer": ("{cus_a}", "{cus_b}"),
            "flow_data.type": ("payment_method_update", "subscription_cancel"),
            "flow_data.subscription_cancel.subscription": (
                "{sub_a}",
                "{sub_two}",
                {"flow_data.type": "subscription_cancel"},
            ),
            "flow_data.after_completion.type": (
                "portal_homepage",
                "redirect",
                {
                    "flow_data.type": "payment_method_update",
                    "flow_data.after_completion.redirect.return_url": "https://shop.test/",
                },
            ),
            "flow_data.after_completion.redirect.return_url": (
                "https://a.test/",
                "https://b.test/",
                {
                    "flow_data.type": "payment_method_update",
                    "flow_data.after_completion.type": "redirect",
                },
            ),
            "locale": ("de", "fr"),
        },
    ),
    "GET /v1/charges": (
        {},
        {
            **paging("{charge_a}", "{charge_b}"),
            "customer": ("{cus_a}", "{cus_b}"),
            "payment_intent": ("{intent_a}", "{intent_b}"),
        },
    ),
    "POST /v1/subscriptions": (
        {"customer": "{cus_a}", "items.0.price": "{small}"},
        POST_SUBSCRIPTION,
    ),
    "POST /v1/subscriptions/{sub_two}": ({}, CHANGE_SUBSCRIPTION),
    "DELETE /v1/subscriptions/{sub_two}": (
        {},
        {"invoice_now": ("true", "false", {"prorate": "true"})},
    ),
    "POST /v1/subscriptions/{sub_paused}/resume": (
        {},
        {"billing_cycle_anchor.type": ("now", "unchanged")},
    ),
    "GET /v1/subscriptions": (
        {},
        {
            **paging("{sub_a}", "{sub_b}"),
            "customer": ("{cus_a}", "{cus_b}"),
            "price": ("{small}", "{large}"),
            "status": ("active", "trialing"),
            "test_clock": ("{clock_a}", ""),
        },
    ),
    "POST /v1/checkout/sessions": (SESSION_BASE, SESSION),
    "POST /v1/checkout/sessions/{session_a}": ({}, {}),
    "GET /v1/checkout/sessions/{session_a}/line_items": ({}, {"limit": ("1", "2")}),
    "GET /v1/checkout/sessions": (
        {},
        {
            **paging("{session_a}", "{session_b}"),
            "customer": ("{cus_a}", "{cus_b}"),
            "customer_details.email": ("a@shop.test", ""),
            "status": ("open", "expired"),
            "subscription": ("{sub_a}", ""),
        },
    ),
    "POST /v1/coupons": (
        {"percent_off": "10"},
        {
            "amount_off": ("100", "200", {"percent_off": "", "currency": "eur"}),
            "currency": ("eur", "usd", {"percent_off": "", "amount_off": "100"}),
            "duration": ("once", "forever"),
            "duration_in_months": ("2", "3", {"duration": "repeating"}),
            "redeem_by": FUTURE,
        },
    ),
    "POST /v1/coupons/{coupon_a}": ({}, {}),
    "GET /v1/coupons": ({}, paging("{coupon_a}", "{coupon_b}")),
    "POST /v1/customers/{cus_a}/sources": (
        {"source": "tok_visa"},
        {"source": ("tok_visa", "tok_mastercard")},
    ),
    "POST /v1/customers/{cus_a}/sources/{source_a}": (
        {},
        {"exp_month": ("1", "2"), "exp_year": ("2031", "2032")},
    ),
    "POST /v1/customers": (
        {},
        {
            **PLACE,
            "invoice_settings.default_payment_method": (
                "pm_card_visa",
                "",
                {"payment_method": "pm_card_visa"},
            ),
            "payment_method": ("pm_card_visa", "pm_card_mastercard"),
            "tax_id_data.0.type": ("eu_vat", "ch_vat", {"tax_id_data.0.value": "LU11111111"}),
            "tax_id_data.0.value": (
                "LU11111111",
                "LU22222222",
                {"tax_id_data.0.type": "eu_vat"},
            ),
            "test_clock": ("{clock_a}", "{clock_b}"),
        },
    ),
    "POST /v1/customers/{cus_a}": ({}, PLACE),
    "GET /v1/customers": (
        {},
        {
            **paging("{cus_a}", "{cus_b}"),
            "email": ("a@shop.test", "b@shop.test"),
            "test_clock": ("{clock_a}", ""),
        },
    ),
    "GET /v1/events": (
        {},
        {
            **paging("{event_a}", "{event_b}"),
            "type": ("invoice.*", "charge.succeeded"),
            "types": ("invoice.paid", "charge.succeeded"),
        },
    ),
    "POST /v1/invoiceitems": (
        {"customer": "{cus_a}", "amount": "100", "currency": "eur"},
        {
            "customer": ("{cus_a}", "{cus_b}"),
            "currency": ("eur", "usd"),
            "period.start": (str(NOW), str(NOW + 1), {"period.end": NEXT}),
            "period.end": (NEXT, str(LATER + DAY), {"period.start": str(NOW)}),
            "pricing.price": ("{once_a}", "{once_b}", {"amount": "", "currency": ""}),
            "subscription": ("{sub_a}", "{sub_two}"),
            "tax_rates": ("{rate_a}", "{rate_b}"),
        },
    ),
    "GET /v1/invoiceitems": (
        {},
        {
            **paging("{ii_a}", "{ii_b}"),
            "customer": ("{cus_a}", "{cus_b}"),
            "invoice": ("{draft_a}", "{draft_b}"),
        },
    ),
    "GET /v1/invoice_payments": (
        {},
        {
            **paging("{inpay_a}", "{inpay_mid}"),
            "invoice": ("{inv_a}", "{inv_b}"),
            "payment.payment_intent": (
                "{intent_a}",
                "{intent_b}",
                {"payment.type": "payment_intent"},
            ),
            "payment.type": ("payment_intent", "payment_record"),
            "status": ("open", "paid"),
        },
    ),
    "POST /v1/invoices/create_preview": ({"subscription": "{sub_two}"}, PREVIEW),
    "POST /v1/invoices": (
        {"customer": "{cus_a}", "pending_invoice_items_behavior": "include"},
        {
            **discounts(),
            "collection_method": ("charge_automatically", "send_invoice"),
            "currency": ("eur", "usd"),
            "customer": ("{cus_a}", "{cus_b}"),
            "days_until_due": ("3", "4", {"collection_method": "send_invoice"}),
            "default_payment_method": ("{card_a0}", "{card_a1}"),
            "due_date": FUTURE,
        },
    ),
    "POST /v1/invoices/{draft_a}": ({}, {}),
    "POST /v1/invoices/{draft_a}/finalize": ({}, {}),
    "POST /v1/invoices/{open_a}/pay": (
        {},
        {
            "off_session": ("true", "false", {"@": "/v1/invoices/{open_asks}/pay"}),
            "payment_method": ("{card_a0}", "{card_a1}"),
        },
    ),
    "GET /v1/invoices": (
        {},
        {
            **paging("{inv_a}", "{inv_b}"),
            "customer": ("{cus_a}", "{cus_b}"),
            "due_date": TIMES,
            "status": ("draft", "open"),
            "subscription": ("{sub_a}", "{sub_b}"),
        },
    ),
    "GET /v1/invoices/{draft_a}/lines": ({}, {"limit": ("1", "2")}),
    "GET /v1/payment_intents": (
        {},
        {**paging("{pi_a}", "{pi_mid}"), "customer": ("{cus_a}", "{cus_b}")},
    ),
    "POST /v1/payment_methods": (
        {"type": "card", "card.number": "4242424242424242"},
        {
            "type": ("card", "sepa_debit"),
            "card.number": ("4242424242424242", "5555555555554444"),
            "card.cvc": ("123", ""),
            "card.token": ("tok_visa", "tok_mastercard"),
        },
    ),
    "POST /v1/payment_methods/{card_a0}": ({}, {}),
    "POST /v1/payment_methods/pm_card_visa/attach": (
        {"customer": "{cus_a}"},
        {"customer": ("{cus_a}", "{cus_b}")},
    ),
    "GET /v1/payment_methods": (
        {},
        {
            **paging("{card_a0}", "{card_a1}"),
            "customer": ("{cus_a}", "{cus_b}"),
            "type": ("card", "sepa_debit"),
        },
    ),
    "GET /v1/customers/{cus_a}/payment_methods": (
        {},
        {**paging("{card_a0}", "{card_a1}"), "type": ("card", "sepa_debit")},
    ),
    "POST /v1/prices": (
        {"product": "{product_a}", "currency": "eur", "unit_amount": "100"},
        {
            "currency": ("eur", "usd"),
            "product": ("{product_a}", "{product_b}"),
            "recurring.interval_count": ("1", "2", RECURRING),
            "recurring.trial_period_days": ("1", "2", RECURRING),
            "transfer_lookup_key": ("true", "false", {"lookup_key": "small"}),
        }
        | {
            f"product_data.{name}": ("a", "b", {"product": "", "product_data.name": "n"})
            for name in ("id", "name", "metadata", "statement_descriptor", "unit_label")
        }
        | {"product_data.active": ("true", "false", {"product": "", "product_data.name": "n"})},
    ),
    "POST /v1/prices/{small}": (
        {},
        {"transfer_lookup_key": ("true", "false", {"lookup_key": "large"})},
    ),
    "GET /v1/prices": (
        {},
        {
            **paging("{small}", "{large}"),
            "currency": ("eur", "usd"),
            "lookup_keys": ("small", "large"),
            "product": ("{product_a}", "{product_b}"),
            "recurring.interval": ("month", "year"),
        },
    ),
    "POST /v1/products": (
        {"name": "x"},
        {
            "default_price_data.currency": ("eur", "usd", DEFAULT_PRICE),
            "default_price_data.unit_amount": ("1", "2", DEFAULT_PRICE),
            "default_price_data.tax_behavior": ("exclusive", "inclusive", DEFAULT_PRICE),
            "default_price_data.recurring.interval": ("month", "year", DEFAULT_PRICE),
            "default_price_data.recurring.interval_count": ("1", "2", DEFAULT_PRICE),
        },
    ),
    "POST /v1/products/{product_a}": ({}, {"default_price": ("{small}", "{large}")}),
    "GET /v1/products": (
        {},
        {
            **paging("{product_a}", "{product_b}"),
            "ids": ("{product_a}", "{product_b}"),
            "url": ("x", ""),
        },
    ),
    "POST /v1/promotion_codes": (
        {"promotion.type": "coupon", "promotion.coupon": "{coupon_a}"},
        {
            "customer": ("{cus_a}", "{cus_b}"),
            "expires_at": FUTURE,
            "promotion.type": ("coupon", "card"),
            "promotion.coupon": ("{coupon_a}", "{coupon_b}"),
        },
    ),
    "POST /v1/promotion_codes/{promo_a}": ({}, {}),
    "GET /v1/promotion_codes": (
        {},
        {
            **paging("{promo_a}", "{promo_b}"),
            "code": ("CODEa", "CODEb"),
            "coupon": ("{coupon_a}", "{coupon_b}"),
            "customer": ("{cus_a}", ""),
        },
    ),
    "POST /v1/refunds": (
        {"charge": "{charge_a}"},
        {
            "charge": ("{charge_a}", "{charge_b}"),
            "payment_intent": ("{intent_a}", "{intent_b}", {"charge": ""}),
        },
    ),
    "GET /v1/refunds": (
        {},
        {
            **paging("{refund_a}", "{refund_b}"),
            "charge": ("{charge_a}", "{charge_b}"),
            "payment_intent": ("{intent_a}", "{intent_b}"),
        },
    ),
    "POST /v1/subscription_schedules": (
        {"from_subscription": "{sub_free}"},
        {"from_subscription": ("{sub_free}", "{sub_two}")},
    ),
    "POST /v1/subscription_schedules/{sched_a}": (
        {**NOW_PHASE, f"{PHASE}items.0.price": "{large}"},
        SCHEDULE,
    ),
    "GET /v1/subscription_schedules": (
        {},
        {
            **paging("{sched_a}", "{sched_b}"),
            "customer": ("{cus_a}", "{cus_b}"),
            **dict.fromkeys(("canceled_at", "completed_at", "released_at"), (TIMES[0], "")),
        },
    ),
    "POST /v1/subscription_items": (
        {"subscription": "{sub_a}", "price": "{large}"},
        {
            **prices(""),
            "price": ("{large}", "{third}"),
            "subscription": ("{sub_a}", "{sub_b}"),
            **ITEM_CHANGE,
            "payment_behavior": (
                "pending_if_incomplete",
                "allow_incomplete",
                {
                    "subscription": "{sub_fails}",
                    "price": "{third}",
                    "proration_behavior": "always_invoice",
                },
            ),
        },
    ),
    "POST /v1/subscription_items/{item_a}": (
        {"quantity": "3"},
        {
            **prices(""),
            **ITEM_CHANGE,
            "payment_behavior": (
                "pending_if_incomplete",
                "allow_incomplete",
                {
                    "@": "/v1/subscription_items/{sub_fails_0}",
                    "proration_behavior": "always_invoice",
                },
            ),
        },
    ),
    "DELETE /v1/subscription_items/{two_1}": (
        {},
        {**ITEM_CHANGE, "payment_behavior": ("pending_if_incomplete", "nonsense")},
    ),
    "GET /v1/subscription_items": (
        {"subscription": "{sub_two}"},
        {**paging("{two_0}", "{two_1}"), "subscription": ("{sub_two}", "{sub_a}")},
    ),
    "POST /v1/customers/{cus_a}/tax_ids": (
        {"type": "eu_vat", "value": "LU33333333"},
        {"type": ("eu_vat", "ch_vat"), "value": ("LU33333333", "LU44444444")},
    ),
    "GET /v1/customers/{cus_a}/tax_ids": ({}, paging("{txi_a}", "{txi_a2}")),
    "POST /v1/tax_rates": (
        {"display_name": "VAT", "percentage": "5", "inclusive": "true"},
        {"tax_type": ("vat", "gst")},
    ),
    "POST /v1/tax_rates/{rate_a}": ({}, {"tax_type": ("vat", "gst")}),
    "GET /v1/tax_rates": ({}, {**paging("{rate_a}", "{rate_b}"), "inclusive": ("true", "false")}),
    "POST /v1/test_helpers/test_clocks": ({"frozen_time": "1"}, {}),
    "POST /v1/test_helpers/test_clocks/{clock_a}/advance": (
        {"frozen_time": NEXT},
        {"frozen_time": FUTURE},
    ),
    "GET /v1/test_helpers/test_clocks": ({}, paging("{clock_a}", "{clock_b}")),
    "POST /v1/webhook_endpoints": (
        {"url": "http://127.0.0.1:9/c", "enabled_events.0": "*"},
        {
            "api_version": ("2026-10-28.endive", "2024-06-20"),
            "enabled_events": ("*", "invoice.paid"),
            "url": ("http://127.0.0.1:9/c", "http://127.0.0.1:9/d"),
        },
    ),
    "POST /v1/webhook_endpoints/{hook_a}": (
        {},
        {
            "enabled_events": ("*", "invoice.paid"),
            "url": ("http://127.0.0.1:9/c", "http://127.0.0.1:9/d"),
        },
    ),
    "GET /v1/webhook_endpoints": ({}, paging("{hook_a}", "{hook_b}")),
}
