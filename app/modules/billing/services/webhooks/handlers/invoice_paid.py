"""An invoice was paid: the history has it, and the merchant's own systems are told (S13)."""

from collections.abc import Sequence

from app.kit.db import UnitOfWork
from app.modules.billing.models import OutboundEvent
from app.modules.billing.services.webhooks.handlers.invoices import KnownInvoice, with_invoices
from app.modules.billing.services.webhooks.outcome import Handler
from app.modules.billing.services.webhooks_out.tell import tell_of_invoices

PAID = "paid"


def _tell(work: UnitOfWork, invoices: Sequence[KnownInvoice]) -> None:
    paid = [one.row for one in invoices if one.row.status == PAID]
    tell_of_invoices(work, paid, OutboundEvent.INVOICE_PAID)


HANDLER = Handler(with_invoices(_tell))
