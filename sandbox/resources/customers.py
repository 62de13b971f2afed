"""Customers: who pays."""

from sandbox.engine.cancelling import end_subscription
from sandbox.engine.customers import add_tax_id, address_from, make_customer
from sandbox.engine.discounts import redeem
from sandbox.engine.payment_methods import attach, method_from
from sandbox.engine.time import customer_of
from sandbox.resources.sources import add_source
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid
from sandbox.wire.expand import includable
from sandbox.wire.lists import PAGING, Filter, list_of, list_page
from sandbox.wire.metadata import merged_metadata
from sandbox.wire.params import Node

PLACE = "{city country line1 line2 postal_code state}"
FIELDS = (
    f"address{PLACE} balance description email invoice_prefix invoice_settings{{"
    "default_payment_method footer} metadata name next_invoice_sequence phone preferred_locales"
    f" shipping{{name phone address{PLACE}}} tax_exempt"
)
TEXTS = ("description", "email", "name", "phone")
TEXT = Node(scalars=frozenset({str}), empty_allowed=True)
OLDER = {"coupon": TEXT, "source": TEXT}
OVER = "json_extract(body, '$.status') NOT IN ('canceled', 'incomplete_expired')"


@endpoint(
    "POST",
    "/v1/customers",
    "CustomerCreateParams",
    covers=f"{FIELDS} payment_method tax_id_data{{type value}} test_clock",
    older=OLDER,
)
def create_customer(work: Transaction, params: Json) -> Json:
    """A customer, with a saved card and tax ids if they are given."""
    clock = params.get("test_clock")
    if clock:
        work.get("test_helpers.test_clock", clock, param="test_clock")
    customer = make_customer(work, test_clock=clock)
    if "payment_method" in params:
        method = method_from(work, params["payment_method"], param="payment_method")
        attach(work, method, customer)
        default = params.get("invoice_settings", {}).get("default_payment_method")
        if default == params["payment_method"]:
            params["invoice_settings"]["default_payment_method"] = method["id"]
    _set(work, customer, params)
    work.emit("customer.created", customer)
    for given in params.get("tax_id_data", []):
        add_tax_id(work, customer, kind=given["type"], value=given["value"])
    _set_older(work, customer, params)
    return customer


def _set(work: Transaction, customer: Json, params: Json) -> None:
    for name in TEXTS:
        if name in params:
            customer[name] = params[name] or None
    for name in ("balance", "next_invoice_sequence", "preferred_locales", "invoice_prefix"):
        if name in params:
            customer[name] = params[name]
    if "tax_exempt" in params:
        customer["tax_exempt"] = params["tax_exempt"] or "none"
    if "address" in params:
        customer["address"] = address_from(params["address"])
    if "shipping" in params:
        customer["shipping"] = _shipping(params["shipping"])
    if "metadata" in params:
        customer["metadata"] = merged_metadata(customer["metadata"], params["metadata"])
    _set_invoicing(work, customer, params.get("invoice_settings", {}))
    work.save(customer)


def _set_invoicing(work: Transaction, customer: Json, settings: Json) -> None:
    if "footer" in settings:
        customer["invoice_settings"]["footer"] = settings["footer"] or None
    if "default_payment_method" in settings:
        _set_default_method(work, customer, settings["default_payment_method"])


def _shipping(given: Json | str) -> Json | None:
    if not isinstance(given, dict):
        return None
    return {
        "address": address_from(given["address"]),
        "carrier": None,
        "name": given["name"],
        "phone": given.get("phone"),
        "tracking_number": None,
    }


def _set_default_method(work: Transaction, customer: Json, name: str) -> None:
    param = "invoice_settings[default_payment_method]"
    if not name:
        customer["invoice_settings"]["default_payment_method"] = None
        return
    method = work.get("payment_method", name, param=param)
    if method["customer"] != customer["id"]:
        raise invalid(
            "The customer does not have a payment method with the ID "
            f"{name}. The payment method must be attached to the customer.",
            param=param,
            code="resource_missing",
        )
    customer["invoice_settings"]["default_payment_method"] = method["id"]


def _set_older(work: Transaction, customer: Json, params: Json) -> None:
    """Coupon and source: what clients of older versions send."""
    if params.get("source"):
        add_source(work, customer, params["source"])
    if "coupon" in params:
        _set_discount(work, customer, params["coupon"])


def _set_discount(work: Transaction, customer: Json, coupon: str) -> None:
    before = customer["discount"]
    customer["discount"] = None
    if coupon:
        customer["discount"] = redeem(work, {"coupon": coupon}, customer=customer, param="coupon")
        kind = "updated" if before else "created"
        work.emit(f"customer.discount.{kind}", customer["discount"])
    elif before:
        work.emit("customer.discount.deleted", before)
    work.save(customer)


@endpoint("GET", "/v1/customers/{id}", "CustomerRetrieveParams")
def retrieve_customer(work: Transaction, _params: Json, object_id: str) -> Json:
    """One customer; of a deleted one that it is deleted."""
    found = work.find(object_id)
    if found is not None and found["object"] == "customer" and found.get("deleted"):
        return {"id": object_id, "object": "customer", "deleted": True}
    return work.get("customer", object_id)


@endpoint("POST", "/v1/customers/{id}", "CustomerUpdateParams", covers=FIELDS, older=OLDER)
def update_customer(work: Transaction, params: Json, object_id: str) -> Json:
    """Change a customer."""
    customer = customer_of(work, object_id, param="id")
    _set(work, customer, params)
    _set_older(work, customer, params)
    work.emit("customer.updated", customer)
    return customer


@endpoint("DELETE", "/v1/customers/{id}", "CustomerDeleteParams")
def delete_customer(work: Transaction, _params: Json, object_id: str) -> Json:
    """Delete a customer: running subscriptions end at once."""
    customer = customer_of(work, object_id, param="id")
    for subscription in work.select("subscription", f"customer = ? AND {OVER}", (object_id,)):
        end_subscription(work, subscription, reason="cancellation_requested")
    work.emit("customer.deleted", customer)
    customer["deleted"] = True
    work.save(customer)
    return {"id": object_id, "object": "customer", "deleted": True}


@endpoint(
    "GET",
    "/v1/customers",
    "CustomerListParams",
    covers=f"{PAGING} created email test_clock",
)
def list_customers(work: Transaction, params: Json) -> Json:
    """Customers, newest first; those of test clocks only when their clock is named."""
    found = Filter().equal(params, "email").times(params, "created")
    found.where("json_extract(body, '$.deleted') IS NULL")
    found.where("clock = ?", params.get("test_clock", ""))
    return list_page(work, "customer", params, url="/v1/customers", found=found)


@includable("customer", "tax_ids")
def _tax_ids(work: Transaction, customer: Json) -> Json:
    kept = work.select("tax_id", "customer = ?", (customer["id"],))
    return list_of(kept, url=f"/v1/customers/{customer['id']}/tax_ids")


@includable("customer", "subscriptions")
def _subscriptions(work: Transaction, customer: Json) -> Json:
    running = work.select("subscription", f"customer = ? AND {OVER}", (customer["id"],))
    return list_of(running, url=f"/v1/customers/{customer['id']}/subscriptions")


@includable("customer", "sources")
def _sources(work: Transaction, customer: Json) -> Json:
    kept = work.select("card", "customer = ?", (customer["id"],))
    return list_of(kept, url=f"/v1/customers/{customer['id']}/sources")
