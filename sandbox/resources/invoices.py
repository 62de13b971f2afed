"""Invoices: preview, list, finalize, pay, void."""

from sandbox.engine.calendar import days_later
from sandbox.engine.discounts import redeem
from sandbox.engine.invoice_lines import sweep_pending
from sandbox.engine.invoices import draft_invoice, finalize, keep_draft, mark_uncollectible
from sandbox.engine.payment_methods import attach, declined, method_from
from sandbox.engine.previews import preview_invoice
from sandbox.engine.settling import collect, mark_paid_elsewhere, void_open
from sandbox.engine.time import customer_of
from sandbox.resources.subscriptions import DISCOUNTS, ITEM
from sandbox.store.json_values import Json, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param
from sandbox.wire.expand import includable
from sandbox.wire.lists import PAGING, Filter, limit_of, list_of, list_page
from sandbox.wire.metadata import merged_metadata

PREVIEWED = ITEM.replace(" metadata", "")
DETAILS = (
    f"subscription_details{{items{{id deleted {PREVIEWED}}} billing_cycle_anchor{{type}} cancel_at"
    " cancel_at_period_end default_tax_rates proration_behavior proration_date trial_end}"
)


@endpoint(
    "POST",
    "/v1/invoices/create_preview",
    "InvoiceCreatePreviewParams",
    covers=f"automatic_tax{{enabled}} customer {DISCOUNTS} preview_mode schedule subscription"
    f" {DETAILS}",
)
def create_preview(work: Transaction, params: Json) -> Json:
    """The invoice that would come, to the cent."""
    return preview_invoice(work, params)


@endpoint(
    "POST",
    "/v1/invoices",
    "InvoiceCreateParams",
    covers=f"auto_advance automatic_tax{{enabled}} collection_method currency customer"
    f" days_until_due default_payment_method description {DISCOUNTS} due_date footer metadata"
    " pending_invoice_items_behavior",
)
def create_invoice(work: Transaction, params: Json) -> Json:
    """A draft for a customer's waiting items, outside of any subscription."""
    if "customer" not in params:
        raise missing_param("customer")
    customer = customer_of(work, params["customer"])
    currency = params.get("currency") or customer["currency"] or "eur"
    invoice = draft_invoice(work, customer, currency=currency, reason="manual")
    _set(work, invoice, params)
    if params.get("pending_invoice_items_behavior", "exclude") == "include":
        sweep_pending(work, invoice, subscription=None)
    keep_draft(work, invoice, advance_at=None)
    if params.get("auto_advance"):
        invoice |= {"auto_advance": True, "automatically_finalizes_at": work.now + 3600}
    return work.save(invoice)


def _set(work: Transaction, invoice: Json, params: Json) -> None:
    for name in ("collection_method", "description", "footer", "due_date"):
        if name in params:
            invoice[name] = params[name] or None
    if "metadata" in params:
        invoice["metadata"] = merged_metadata(invoice["metadata"], params["metadata"])
    if "automatic_tax" in params:
        invoice["automatic_tax"] |= {"enabled": params["automatic_tax"]["enabled"]}
    if "days_until_due" in params:
        if invoice["collection_method"] != "send_invoice":
            raise invalid(
                "days_until_due needs collection_method=send_invoice.", param="days_until_due"
            )
        invoice["due_date"] = days_later(work.now, params["days_until_due"])
    if "default_payment_method" in params:
        method = work.get(
            "payment_method", params["default_payment_method"], param="default_payment_method"
        )
        invoice["default_payment_method"] = method["id"]
    customer = work.get("customer", invoice["customer"])
    if "discounts" in params:
        invoice["discounts"] = [
            redeem(work, each, customer=customer, param=f"discounts[{index}]")["id"]
            for index, each in enumerate(params["discounts"] or [])
        ]


@endpoint("GET", "/v1/invoices/{id}", "InvoiceRetrieveParams")
def retrieve_invoice(work: Transaction, _params: Json, object_id: str) -> Json:
    """One invoice."""
    return work.get("invoice", object_id)


@endpoint(
    "POST",
    "/v1/invoices/{id}",
    "InvoiceUpdateParams",
    covers="auto_advance description footer metadata",
)
def update_invoice(work: Transaction, params: Json, object_id: str) -> Json:
    """Change texts of a draft, metadata of any invoice, and whether it goes on by itself."""
    invoice = _invoice(work, object_id)
    if invoice["status"] != "draft" and {"description", "footer"} & set(params):
        raise invalid(
            "Finalized invoices can't be updated in this way.", code="invoice_not_editable"
        )
    _set(work, invoice, params)
    if "auto_advance" in params and invoice["status"] in ("draft", "open"):
        advances = params["auto_advance"]
        invoice["auto_advance"] = advances
        if invoice["status"] == "draft":
            invoice["automatically_finalizes_at"] = work.now + 3600 if advances else None
        elif not advances:
            invoice["next_payment_attempt"] = None
    work.save(invoice)
    work.emit("invoice.updated", invoice)
    return invoice


@endpoint(
    "POST", "/v1/invoices/{id}/finalize", "InvoiceFinalizeInvoiceParams", covers="auto_advance"
)
def finalize_invoice(work: Transaction, params: Json, object_id: str) -> Json:
    """Make a draft final; it is charged at once only if it goes on by itself."""
    invoice = _invoice(work, object_id)
    advances = params.get("auto_advance", invoice["auto_advance"])
    if not finalize(work, invoice):
        raise invalid(
            "The customer's location isn't recognized.", code="customer_tax_location_invalid"
        )
    invoice["auto_advance"] = advances
    if advances:
        collect(work, invoice)
    return work.save(invoice)


@endpoint(
    "POST",
    "/v1/invoices/{id}/pay",
    "InvoicePayParams",
    covers="off_session paid_out_of_band payment_method",
)
def pay_invoice(work: Transaction, params: Json, object_id: str) -> Json:
    """Pay an open invoice now, or note that it was paid elsewhere."""
    invoice = _invoice(work, object_id)
    if invoice["status"] == "draft":
        finalize(work, invoice)
    if invoice["status"] == "paid":
        raise invalid("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] not in ("open", "uncollectible"):
        raise invalid(f"You can't pay an invoice that is {invoice['status']}.")
    if params.get("paid_out_of_band"):
        mark_paid_elsewhere(work, invoice)
        return invoice
    method = None
    if "payment_method" in params:
        method = method_from(work, params["payment_method"], param="payment_method")
        if method["customer"] is None:
            attach(work, method, work.get("customer", invoice["customer"]))
    off_session = params.get("off_session", True)
    result = collect(work, invoice, method=method, on_session=not off_session, automatic=False)
    if result is not None and not result.paid:
        assert result.refusal is not None
        raise declined(result.refusal, commits=True)
    return invoice


@endpoint("POST", "/v1/invoices/{id}/void", "InvoiceVoidInvoiceParams")
def void_invoice(work: Transaction, _params: Json, object_id: str) -> Json:
    """The invoice is void: it was never owed."""
    invoice = _invoice(work, object_id)
    void_open(work, invoice)
    return invoice


@endpoint("POST", "/v1/invoices/{id}/mark_uncollectible", "InvoiceMarkUncollectibleParams")
def write_off_invoice(work: Transaction, _params: Json, object_id: str) -> Json:
    """The money is not expected any more."""
    invoice = _invoice(work, object_id)
    mark_uncollectible(work, invoice)
    return invoice


def _invoice(work: Transaction, invoice_id: str) -> Json:
    invoice = work.get("invoice", invoice_id)
    customer_of(work, invoice["customer"])
    return invoice


@endpoint(
    "GET",
    "/v1/invoices",
    "InvoiceListParams",
    covers=f"{PAGING} collection_method created customer due_date status subscription",
)
def list_invoices(work: Transaction, params: Json) -> Json:
    """Invoices, newest first."""
    found = Filter().column(params, "customer", "subscription")
    found.equal(params, "collection_method", "status").times(params, "created", "due_date")
    if "customer" not in params and "subscription" not in params:
        found.where("clock = ''")
    return list_page(work, "invoice", params, url="/v1/invoices", found=found)


@endpoint("GET", "/v1/invoices/{id}/lines", "InvoiceLineItemListParams", covers="limit")
def list_lines(work: Transaction, params: Json, object_id: str) -> Json:
    """The lines of an invoice."""
    lines = work.get("invoice", object_id)["lines"]["data"]
    limit = limit_of(params)
    return list_of(
        lines[:limit], url=f"/v1/invoices/{object_id}/lines", has_more=len(lines) > limit
    )


@includable("invoice", "payments")
def _payments(work: Transaction, invoice: Json) -> Json:
    stored = work.find(invoice["id"]) or {}
    payment = work.find(hidden(stored).get("invoice_payment"))
    made = [] if payment is None else [payment]
    return list_of(made, url=f"/v1/invoice_payments?invoice={invoice['id']}")


@includable("invoice", "confirmation_secret")
def _confirmation_secret(work: Transaction, invoice: Json) -> Json | None:
    stored = work.find(invoice["id"])
    intent = work.find(hidden(stored).get("payment_intent")) if stored else None
    if intent is None:
        return None
    return {"client_secret": intent["client_secret"], "type": "payment_intent"}
