"""What merchants' systems can be told of."""

from enum import StrEnum


class OutboundEvent(StrEnum):
    """The types of events, by their public names."""

    SUBSCRIPTION_CREATED = "subscription.created"
    SUBSCRIPTION_UPDATED = "subscription.updated"
    SUBSCRIPTION_CANCELLED = "subscription.cancelled"
    SUBSCRIPTION_TRIAL_ENDING = "subscription.trial_ending"
    LIMIT_APPROACHING = "limit.approaching"
    LIMIT_REACHED = "limit.reached"
    INVOICE_PAID = "invoice.paid"
    INVOICE_PAYMENT_FAILED = "invoice.payment_failed"
