"""Charges: single attempts to move money; here to be looked at."""

from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.expand import includable
from sandbox.wire.lists import PAGING, Filter, list_of, list_page


@endpoint("GET", "/v1/charges/{id}", "ChargeRetrieveParams")
def retrieve_charge(work: Transaction, _params: Json, object_id: str) -> Json:
    """One charge."""
    return work.get("charge", object_id)


@endpoint(
    "GET",
    "/v1/charges",
    "ChargeListParams",
    covers=f"{PAGING} created customer payment_intent",
)
def list_charges(work: Transaction, params: Json) -> Json:
    """Charges, newest first."""
    found = Filter().column(params, "customer").equal(params, "payment_intent")
    found.times(params, "created")
    return list_page(work, "charge", params, url="/v1/charges", found=found)


@includable("charge", "refunds")
def _refunds(work: Transaction, charge: Json) -> Json:
    made = work.select("refund", "json_extract(body, '$.charge') = ?", (charge["id"],))
    return list_of(made, url=f"/v1/charges/{charge['id']}/refunds")
