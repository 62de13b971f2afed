"""What is tried at the endpoints from which a sale begins: portal to previews."""

from typing import Any

from tests.contract.sandbox.trial_parts import (
    CHANGE_SUBSCRIPTION,
    FEATURES,
    FUTURE,
    LATER,
    NEXT,
    PLACE,
    PORTAL,
    POST_SUBSCRIPTION,
    SESSION,
    SESSION_BASE,
    paging,
)
from tests.integration.sandbox.world import DAY, NOW

TRIALS_OF_SELLING: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
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
}
