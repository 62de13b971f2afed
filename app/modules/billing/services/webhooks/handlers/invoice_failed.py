"""A payment failed: the owner is told once for each invoice that is still owed (S13, S14)."""

from app.kit.db import UnitOfWork
from app.modules.billing.models import OutboundEvent
from app.modules.billing.services.notices import Notice
from app.modules.billing.services.webhooks.handlers.invoice_notice import notify_of_invoice
from app.modules.billing.services.webhooks.handlers.invoices import KnownInvoice, with_invoice
from app.modules.billing.services.webhooks.outcome import Handler
from app.modules.billing.services.webhooks_out.tell import tell_of_invoice
from app.modules.billing.settings import billing_settings


def _tell(work: UnitOfWork, invoice: KnownInvoice) -> None:
    grace = billing_settings().billing_grace
    notify_of_invoice(
        work, invoice, Notice.PAYMENT_FAILED, access_until=invoice.row.invoice_date + grace
    )
    if invoice.is_owed:
        tell_of_invoice(work, invoice.row, OutboundEvent.INVOICE_PAYMENT_FAILED)


HANDLER = Handler(with_invoice(_tell))
