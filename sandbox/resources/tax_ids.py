"""Tax ids of customers."""

from sandbox.engine.customers import add_tax_id
from sandbox.engine.time import customer_of
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import resource_missing
from sandbox.wire.lists import PAGING, Filter, list_page

PATH = "/v1/customers/{customer}/tax_ids"


@endpoint("POST", PATH, "CustomerTaxIdCreateParams", covers="type value")
def create_tax_id(work: Transaction, params: Json, customer: str) -> Json:
    """Give a customer a tax id."""
    owner = customer_of(work, customer, param="id")
    return add_tax_id(work, owner, kind=params["type"], value=params["value"])


@endpoint("GET", PATH, "CustomerTaxIdListParams", covers=PAGING)
def list_tax_ids(work: Transaction, params: Json, customer: str) -> Json:
    """The tax ids of a customer."""
    owner = customer_of(work, customer, param="id")
    found = Filter().where("customer = ?", owner["id"])
    url = PATH.format(customer=customer)
    return list_page(work, "tax_id", params, url=url, found=found)


@endpoint("GET", PATH + "/{id}", "CustomerTaxIdRetrieveParams")
def retrieve_tax_id(work: Transaction, _params: Json, customer: str, object_id: str) -> Json:
    """One tax id."""
    tax_id = work.get("tax_id", object_id)
    if tax_id["customer"] != customer:
        raise resource_missing("tax_id", object_id)
    return tax_id


@endpoint("DELETE", PATH + "/{id}", "CustomerTaxIdDeleteParams")
def delete_tax_id(work: Transaction, params: Json, customer: str, object_id: str) -> Json:
    """Take a tax id from a customer."""
    customer_of(work, customer, param="id")
    tax_id = retrieve_tax_id(work, params, customer, object_id)
    work.emit("customer.tax_id.deleted", tax_id)
    work.delete(tax_id)
    return {"id": object_id, "object": "tax_id", "deleted": True}
