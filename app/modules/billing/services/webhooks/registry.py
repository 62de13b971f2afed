"""Which handler works on which type of event (S13); all others change nothing here."""

from collections.abc import Mapping

from app.modules.billing.services.webhooks.handlers import (
    charge_disputed,
    charge_refunded,
    checkout_completed,
    checkout_expired,
    customer_changed,
    customer_deleted,
    invoice_changed,
    invoice_failed,
    invoice_finalization_failed,
    invoice_needs_action,
    invoice_paid,
    schedule_changed,
    subscription_changed,
    tax_id_changed,
    trial_will_end,
)
from app.modules.billing.services.webhooks.outcome import Handler

HANDLERS: Mapping[str, Handler] = {
    "checkout.session.completed": checkout_completed.HANDLER,
    "checkout.session.async_payment_succeeded": checkout_completed.HANDLER,
    "checkout.session.async_payment_failed": checkout_expired.HANDLER,
    "checkout.session.expired": checkout_expired.HANDLER,
    "customer.subscription.created": subscription_changed.HANDLER,
    "customer.subscription.updated": subscription_changed.HANDLER,
    "customer.subscription.deleted": subscription_changed.HANDLER,
    "customer.subscription.paused": subscription_changed.HANDLER,
    "customer.subscription.resumed": subscription_changed.HANDLER,
    "customer.subscription.pending_update_applied": subscription_changed.HANDLER,
    "customer.subscription.pending_update_expired": subscription_changed.HANDLER,
    "customer.subscription.trial_will_end": trial_will_end.HANDLER,
    "subscription_schedule.aborted": schedule_changed.HANDLER,
    "subscription_schedule.canceled": schedule_changed.HANDLER,
    "subscription_schedule.completed": schedule_changed.HANDLER,
    "subscription_schedule.created": schedule_changed.HANDLER,
    "subscription_schedule.expiring": schedule_changed.HANDLER,
    "subscription_schedule.released": schedule_changed.HANDLER,
    "subscription_schedule.updated": schedule_changed.HANDLER,
    "invoice.finalized": invoice_changed.HANDLER,
    "invoice.paid": invoice_paid.HANDLER,
    "invoice.voided": invoice_changed.HANDLER,
    "invoice.marked_uncollectible": invoice_changed.HANDLER,
    "invoice.payment_failed": invoice_failed.HANDLER,
    "invoice.payment_action_required": invoice_needs_action.HANDLER,
    "invoice.finalization_failed": invoice_finalization_failed.HANDLER,
    "customer.updated": customer_changed.HANDLER,
    "customer.deleted": customer_deleted.HANDLER,
    "customer.tax_id.updated": tax_id_changed.HANDLER,
    "charge.refunded": charge_refunded.HANDLER,
    "charge.dispute.created": charge_disputed.HANDLER,
}


def handler_of(event_type: str) -> Handler | None:
    """Return the handler of a type; None for what changes nothing here."""
    return HANDLERS.get(event_type)
