"""Invoice payments: which payment paid which invoice."""

from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.lists import PAGING, Filter, list_page


@endpoint("GET", "/v1/invoice_payments/{id}", "InvoicePaymentRetrieveParams")
def retrieve_invoice_payment(work: Transaction, _params: Json, object_id: str) -> Json:
    """One invoice payment."""
    return work.get("invoice_payment", object_id)


@endpoint(
    "GET",
    "/v1/invoice_payments",
    "InvoicePaymentListParams",
    covers=f"{PAGING} created invoice payment{{payment_intent type}} status",
)
def list_invoice_payments(work: Transaction, params: Json) -> Json:
    """Invoice payments, newest first."""
    found = Filter().equal(params, "invoice", "status").times(params, "created")
    for name, value in params.get("payment", {}).items():
        found.where(f"json_extract(body, '$.payment.{name}') = ?", value)
    return list_page(work, "invoice_payment", params, url="/v1/invoice_payments", found=found)
