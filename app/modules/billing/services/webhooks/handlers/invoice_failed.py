"""A payment failed: the owner is told once for each invoice that is still owed (S13, S14)."""

from collections.abc import Sequence

from app.kit.db import UnitOfWork
from app.modules.billing.models import OutboundEvent
from app.modules.billing.services.notices import Notice
from app.modules.billing.services.webhooks.handlers.invoice_notice import notify_of_invoice
from app.modules.billing.services.webhooks.handlers.invoices import KnownInvoice, with_invoices
from app.modules.billing.services.webhooks.outcome import Handler
from app.modules.billing.services.webhooks_out.tell import tell_of_invoices
from app.modules.billing.settings import billing_settings


def _tell(work: UnitOfWork, invoices: Sequence[KnownInvoice]) -> None:
    grace = billing_settings().billing_grace
    for one in invoices:
        until = one.row.invoice_date + grace
        notify_of_invoice(work, one, Notice.PAYMENT_FAILED, access_until=until)
    owed = [one.row for one in invoices if one.is_owed]
    tell_of_invoices(work, owed, OutboundEvent.INVOICE_PAYMENT_FAILED)


HANDLER = Handler(with_invoices(_tell))
