"""An invoice was issued, paid, voided or given up: it is kept in the history (S13)."""

from app.modules.billing.services.webhooks.handlers.invoices import with_invoices
from app.modules.billing.services.webhooks.outcome import Handler

HANDLER = Handler(with_invoices())
