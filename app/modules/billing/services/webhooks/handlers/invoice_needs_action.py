"""A bank asks the buyer to confirm a payment: the owner is told once for each invoice (S13)."""

from app.kit.db import UnitOfWork
from app.modules.billing.services.notices import Notice
from app.modules.billing.services.webhooks.handlers.invoice_notice import notify_of_invoice
from app.modules.billing.services.webhooks.handlers.invoices import KnownInvoice, with_invoice
from app.modules.billing.services.webhooks.outcome import Handler


def _tell(work: UnitOfWork, invoice: KnownInvoice) -> None:
    notify_of_invoice(work, invoice, Notice.PAYMENT_ACTION_REQUIRED)


HANDLER = Handler(with_invoice(_tell))
