"""An invoice was paid: the history has it, and the merchant's own systems are told (S13)."""

from app.kit.db import UnitOfWork
from app.modules.billing.models import OutboundEvent
from app.modules.billing.services.webhooks.handlers.invoices import KnownInvoice, with_invoice
from app.modules.billing.services.webhooks.outcome import Handler
from app.modules.billing.services.webhooks_out.tell import tell_of_invoice

PAID = "paid"


def _tell(work: UnitOfWork, invoice: KnownInvoice) -> None:
    if invoice.row.status == PAID:
        tell_of_invoice(work, invoice.row, OutboundEvent.INVOICE_PAID)


HANDLER = Handler(with_invoice(_tell))
