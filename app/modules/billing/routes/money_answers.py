"""Answers that tell of changes and invoices."""

from urllib.parse import quote

from app.kit.i18n import translate
from app.modules.billing.models import BillingHistory
from app.modules.billing.schemas.money import (
    ChangedOut,
    ChangePreviewOut,
    ExceededOut,
    InvoiceLineOut,
    InvoiceOut,
    LostOut,
)
from app.modules.billing.services.change_effects import ChangeEffects
from app.modules.billing.services.change_tier import TierChanged
from app.modules.billing.services.preview_change import ChangePreview


def preview_out(preview: ChangePreview) -> ChangePreviewOut:
    """Return the answer for a change before it is made."""
    return ChangePreviewOut(
        kind=preview.kind,
        effective_at=preview.effective_at,
        amount_due_cents=preview.amount_due_cents,
        credit_balance_cents=preview.credit_balance_cents,
        next_amount_cents=preview.next_amount_cents,
        next_date=preview.next_date,
        proration_date=preview.proration_date,
        exceeded=_exceeded(preview.effects),
        lost=_lost(preview.effects),
    )


def changed_out(changed: TierChanged) -> ChangedOut:
    """Return the answer for a change that was made, or scheduled."""
    return ChangedOut(
        status=changed.status,
        effective_at=changed.effective_at,
        amount_due_cents=changed.amount_due_cents,
        payment_url=changed.payment_url,
        exceeded=_exceeded(changed.effects),
        lost=_lost(changed.effects),
    )


def invoice_out(invoice: BillingHistory, pdf_url: str | None) -> InvoiceOut:
    """Return the answer for an invoice."""
    return InvoiceOut(
        id=invoice.id,
        invoice_number=invoice.invoice_number,
        invoice_date=invoice.invoice_date,
        due_date=invoice.due_date,
        subtotal_cents=invoice.subtotal_cents,
        tax_cents=invoice.tax_cents,
        total_cents=invoice.total_cents,
        amount_paid_cents=invoice.amount_paid_cents,
        refunded_cents=invoice.refunded_cents,
        currency=invoice.currency,
        status=invoice.status,
        pdf_url=pdf_url,
        lines=[InvoiceLineOut(**line) for line in invoice.lines],
    )


def store_pdf_url(invoice: BillingHistory, store_code: str) -> str | None:
    """Return our address of an invoice's document; None where Stripe has none."""
    if invoice.stripe_invoice_id is None:
        return None
    return f"/api/v1/store/billing/invoices/{invoice.id}/pdf?store={quote(store_code)}"


def _exceeded(effects: ChangeEffects) -> list[ExceededOut]:
    return [
        ExceededOut(
            feature_code=one.declaration.code,
            name=translate(one.declaration.usage_name_key or one.declaration.name_key),
            current=one.current,
            new_limit=one.new_limit,
        )
        for one in effects.exceeded
    ]


def _lost(effects: ChangeEffects) -> list[LostOut]:
    return [LostOut(feature_code=one.code, name=translate(one.name_key)) for one in effects.lost]
