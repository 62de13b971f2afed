"""A bank asks the buyer to confirm a payment: the owner is told once for each invoice (S13)."""

from collections.abc import Sequence

from app.kit.db import UnitOfWork
from app.modules.billing.services.notices import Notice
from app.modules.billing.services.webhooks.handlers.invoice_notice import notify_of_invoice
from app.modules.billing.services.webhooks.handlers.invoices import KnownInvoice, with_invoices
from app.modules.billing.services.webhooks.outcome import Handler


def _tell(work: UnitOfWork, invoices: Sequence[KnownInvoice]) -> None:
    for one in invoices:
        notify_of_invoice(work, one, Notice.PAYMENT_ACTION_REQUIRED)


HANDLER = Handler(with_invoices(_tell))
