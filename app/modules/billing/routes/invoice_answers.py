"""Answers that list invoices over platforms."""

from collections.abc import Callable, Sequence

from app.kit.db import UnitOfWork
from app.modules.billing.models import BillingHistory
from app.modules.billing.routes.money_answers import invoice_out
from app.modules.billing.routes.platform_answers import platform_briefs
from app.modules.billing.schemas.addons import NamedOut
from app.modules.billing.schemas.merchant_plans import (
    MerchantInvoiceOut,
    OperatedInvoiceOut,
)
from app.modules.tenancy.public import store_names


def merchant_invoice_outs(
    work: UnitOfWork, invoices: Sequence[BillingHistory]
) -> list[MerchantInvoiceOut]:
    """Return the answers for an owner; one query however many there are."""
    return _outs(
        work,
        invoices,
        lambda one: f"/api/v1/merchant/invoices/{one.id}/pdf?merchant_id={one.merchant_id}",
    )


def operated_invoice_outs(
    work: UnitOfWork, invoices: Sequence[BillingHistory]
) -> list[OperatedInvoiceOut]:
    """Return the answers for an operator; two queries however many there are."""
    base = "/api/v1/admin/subscriptions/merchants"
    told = _outs(work, invoices, lambda one: f"{base}/{one.merchant_id}/invoices/{one.id}/pdf")
    names = store_names(work, [one.store_id for one in invoices if one.store_id is not None])
    stores = {id_: NamedOut(id=id_, name=name) for id_, (_code, name) in names.items()}
    return [
        OperatedInvoiceOut(**dict(out), store=stores.get(one.store_id or 0))
        for out, one in zip(told, invoices, strict=True)
    ]


def _outs(
    work: UnitOfWork, invoices: Sequence[BillingHistory], pdf_url: Callable[[BillingHistory], str]
) -> list[MerchantInvoiceOut]:
    """Return the answers; what Stripe does not know has no document."""
    briefs = platform_briefs(work, [one.platform_id for one in invoices])
    return [
        MerchantInvoiceOut(
            **dict(invoice_out(one, pdf_url(one) if one.stripe_invoice_id else None)),
            platform=briefs[one.platform_id],
        )
        for one in invoices
    ]
