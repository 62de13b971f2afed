"""A merchant's invoices, as operators read them (D28)."""

from fastapi.responses import RedirectResponse

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.billing.repositories import billing_history
from app.modules.billing.routes.invoice_answers import operated_invoice_outs
from app.modules.billing.routes.operating import Reader
from app.modules.billing.schemas.merchant_plans import OperatedInvoiceOut
from app.modules.billing.services.invoices import get_merchant_pdf_link
from app.modules.tenancy.public import get_merchant_name

router = api_router("/admin/subscriptions/merchants/{merchant_id}/invoices", "Admin: subscriptions")


@router.get("")
def get_invoices(merchant_id: Id, reader: Reader, paging: Paging) -> PageOut[OperatedInvoiceOut]:
    """A merchant's invoices on the platforms in scope, newest first; sort: invoice_date."""
    scope = reader.scope
    with unit_of_work(read_only=True) as work:
        get_merchant_name(work, scope, merchant_id)
        page = billing_history.list_of_merchant(
            work.session, merchant_id, paging, platform_ids=scope.platform_ids
        )
        shown = iter(operated_invoice_outs(work, page.items))
        return PageOut[OperatedInvoiceOut].of(page.map(lambda _one: next(shown)))


@router.get("/{invoice_id}/pdf", status_code=303, response_class=RedirectResponse)
def get_invoice_pdf(merchant_id: Id, invoice_id: Id, reader: Reader) -> str:
    """Lead to the document of an invoice, by a link made for this click."""
    return get_merchant_pdf_link(merchant_id, invoice_id, platform_ids=reader.scope.platform_ids)
