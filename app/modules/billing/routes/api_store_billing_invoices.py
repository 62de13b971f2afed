"""A merchant's invoices, as its stores read them."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import RedirectResponse

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.permissions import VIEW_BILLING
from app.modules.billing.routes.money_answers import invoice_out, store_pdf_url
from app.modules.billing.routes.spending import Spender
from app.modules.billing.schemas.money import InvoiceLineOut, InvoiceOut, UpcomingInvoiceOut
from app.modules.billing.services.billing_service import BillingService
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/billing", "Store: billing")
Reader = Annotated[StoreVisit, Depends(in_store(VIEW_BILLING))]


@router.get("/invoices")
def get_invoices(reader: Reader, paging: Paging) -> PageOut[InvoiceOut]:
    """The merchant's invoices on this platform, newest first; sort: invoice_date."""
    store = reader.store
    with unit_of_work(read_only=True) as work:
        page = BillingService().list_invoices(work, store.owner, paging)
        return PageOut[InvoiceOut].of(
            page.map(lambda one: invoice_out(one, store_pdf_url(one, store.code)))
        )


@router.get("/invoices/{invoice_id}/pdf", status_code=303, response_class=RedirectResponse)
def get_invoice_pdf(invoice_id: Id, reader: Reader) -> str:
    """Lead to the document of an invoice, by a link made for this click."""
    return BillingService().get_pdf_link(reader.store.owner, invoice_id)


@router.get("/invoices/{invoice_id}/pay", status_code=303, response_class=RedirectResponse)
def get_invoice_payment(invoice_id: Id, buyer: Spender) -> str:
    """Lead to the page on which an open invoice can be paid."""
    return BillingService().get_payment_link(buyer.owner, invoice_id)


@router.get("/upcoming-invoice")
def get_upcoming_invoice(reader: Reader) -> UpcomingInvoiceOut:
    """The next bill of the plan."""
    upcoming = BillingService().get_upcoming_invoice(reader.store.owner)
    return UpcomingInvoiceOut(
        amount_due_cents=upcoming.amount_due_cents,
        currency=upcoming.currency,
        date=upcoming.date,
        lines=[
            InvoiceLineOut(
                description=one.description, quantity=one.quantity, amount_cents=one.amount_cents
            )
            for one in upcoming.lines
        ],
    )
