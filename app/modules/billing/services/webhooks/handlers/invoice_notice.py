"""The owner is told of an invoice that waits for money."""

from datetime import datetime

from app.kit.db import UnitOfWork
from app.modules.billing.models import AddOnProduct
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.notices import Notice, notify
from app.modules.billing.services.webhooks.handlers.invoices import KnownInvoice


def notify_of_invoice(
    work: UnitOfWork,
    invoice: KnownInvoice,
    notice: Notice,
    *,
    access_until: datetime | None = None,
) -> None:
    """Mail the owner once for an invoice, unless later news said that nothing is owed.

    An add-on is named; its arrears do not end the access that the plan gives.
    """
    plan = stripe_links.lock_plan(work.session, invoice.owner)
    if plan is None or not invoice.is_owed:
        return
    subscription_id = invoice.news.subscription_id
    addon = (
        stripe_links.addon_by_subscription(work.session, subscription_id)
        if subscription_id
        else None
    )
    product = addon and work.session.get_one(AddOnProduct, addon.addon_product_id)
    notify(
        work,
        plan,
        notice,
        key=invoice.news.id,
        addon_name=product.name_i18n if product else None,
        invoice_number=invoice.row.invoice_number,
        amount_cents=invoice.news.amount_due_cents,
        next_attempt_at=invoice.news.next_attempt_at,
        access_until=None if addon else access_until,
    )
