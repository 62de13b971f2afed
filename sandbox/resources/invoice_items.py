"""Invoice items: what waits for a customer's next invoice."""

from sandbox.engine.invoice_lines import make_pending_item
from sandbox.engine.prices import product_name
from sandbox.engine.time import customer_of
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param
from sandbox.wire.lists import PAGING, Filter, list_page


@endpoint(
    "POST",
    "/v1/invoiceitems",
    "InvoiceItemCreateParams",
    covers="amount currency customer description discountable metadata period{start end}"
    " pricing{price} quantity subscription tax_rates",
)
def create_invoice_item(work: Transaction, params: Json) -> Json:
    """An amount, or a one-time price, that the next invoice will hold."""
    if "customer" not in params:
        raise missing_param("customer")
    customer = customer_of(work, params["customer"])
    price = None
    quantity = params.get("quantity", 1)
    if named := params.get("pricing", {}).get("price"):
        price = work.get("price", named, param="pricing[price]")
        amount, currency = price["unit_amount"] * quantity, price["currency"]
    elif "amount" in params and "currency" in params:
        amount, currency = params["amount"], params["currency"]
    else:
        raise missing_param("amount")
    customer["currency"] = customer["currency"] or currency
    work.save(customer)
    subscription = params.get("subscription")
    if subscription:
        work.get("subscription", subscription, param="subscription")
    period = params.get("period", {"start": work.now, "end": work.now})
    return make_pending_item(
        work,
        customer,
        amount=amount,
        currency=currency,
        description=params.get("description") or (product_name(work, price) if price else None),
        period=(period["start"], period["end"]),
        quantity=quantity,
        price=price,
        subscription=subscription,
        discountable=params.get("discountable", True),
        tax_rates=[
            dict(work.get("tax_rate", rate, param="tax_rates"))
            for rate in params.get("tax_rates", [])
        ],
        metadata=params.get("metadata") or {},
    )


@endpoint("GET", "/v1/invoiceitems/{id}", "InvoiceItemRetrieveParams")
def retrieve_invoice_item(work: Transaction, _params: Json, object_id: str) -> Json:
    """One invoice item."""
    return work.get("invoiceitem", object_id)


@endpoint("DELETE", "/v1/invoiceitems/{id}", "InvoiceItemDeleteParams")
def delete_invoice_item(work: Transaction, _params: Json, object_id: str) -> Json:
    """Take back an item that no invoice holds yet."""
    item = work.get("invoiceitem", object_id)
    if item["invoice"] is not None:
        raise invalid("You cannot delete an invoice item that is attached to an invoice.")
    work.emit("invoiceitem.deleted", item)
    work.delete(item)
    return {"id": object_id, "object": "invoiceitem", "deleted": True}


@endpoint(
    "GET",
    "/v1/invoiceitems",
    "InvoiceItemListParams",
    covers=f"{PAGING} created customer invoice pending",
)
def list_invoice_items(work: Transaction, params: Json) -> Json:
    """Invoice items, newest first."""
    found = Filter().column(params, "customer").equal(params, "invoice")
    found.times(params, "created", field="date")
    if "pending" in params:
        word = "IS" if params["pending"] else "IS NOT"
        found.where(f"json_extract(body, '$.invoice') {word} NULL")
    return list_page(work, "invoiceitem", params, url="/v1/invoiceitems", found=found)
