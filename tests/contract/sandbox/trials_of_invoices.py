"""What is tried at the endpoints of invoices, payments, prices, schedules and what stands by."""

from typing import Any

from tests.contract.sandbox.trial_parts import (
    DEFAULT_PRICE,
    FUTURE,
    ITEM_CHANGE,
    NEXT,
    NOW_PHASE,
    PHASE,
    PREVIEW,
    RECURRING,
    SCHEDULE,
    TIMES,
    discounts,
    paging,
    prices,
)

TRIALS_OF_INVOICES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
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
