"""Answers that list invoices over platforms."""

from collections.abc import Callable, Iterable, Sequence

from app.kit.db import UnitOfWork
from app.modules.billing.models import BillingHistory
from app.modules.billing.routes.money_answers import invoice_out
from app.modules.billing.schemas.addons import NamedOut
from app.modules.billing.schemas.merchant_plans import (
    MerchantInvoiceOut,
    OperatedInvoiceOut,
    PlatformBrief,
)
from app.modules.tenancy.public import platform_refs, store_names


def platform_briefs(work: UnitOfWork, platform_ids: Iterable[int]) -> dict[int, PlatformBrief]:
    """Return platforms in passing, by id."""
    return {
        id_: PlatformBrief(id=id_, code=one.code, name=one.name)
        for id_, one in platform_refs(work, platform_ids).items()
    }


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
