"""Which class of the SDK describes which kind of object."""

from functools import cache
from typing import Any

import stripe

CLASSES = {
    "account": "Account",
    "billing_portal.configuration": "billing_portal.Configuration",
    "billing_portal.session": "billing_portal.Session",
    "card": "Card",
    "charge": "Charge",
    "checkout.session": "checkout.Session",
    "coupon": "Coupon",
    "customer": "Customer",
    "discount": "Discount",
    "event": "Event",
    "invoice": "Invoice",
    "invoice_payment": "InvoicePayment",
    "invoiceitem": "InvoiceItem",
    "item": "LineItem",
    "line_item": "InvoiceLineItem",
    "payment_intent": "PaymentIntent",
    "payment_method": "PaymentMethod",
    "plan": "Plan",
    "price": "Price",
    "product": "Product",
    "promotion_code": "PromotionCode",
    "refund": "Refund",
    "subscription": "Subscription",
    "subscription_item": "SubscriptionItem",
    "subscription_schedule": "SubscriptionSchedule",
    "tax.settings": "tax.Settings",
    "tax_id": "TaxId",
    "tax_rate": "TaxRate",
    "test_helpers.test_clock": "test_helpers.TestClock",
    "webhook_endpoint": "WebhookEndpoint",
}


@cache
def class_of(kind: str) -> Any:
    """The SDK's class of objects whose `object` is `kind`; KeyError for an unknown kind."""
    found: Any = stripe
    for part in CLASSES[kind].split("."):
        found = getattr(found, part)
    return found
