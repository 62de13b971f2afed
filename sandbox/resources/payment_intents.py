"""Payment intents: made for invoices; here to be looked at."""

from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.lists import PAGING, Filter, list_page


@endpoint("GET", "/v1/payment_intents/{id}", "PaymentIntentRetrieveParams")
def retrieve_payment_intent(work: Transaction, _params: Json, object_id: str) -> Json:
    """One payment intent."""
    return work.get("payment_intent", object_id)


@endpoint(
    "GET",
    "/v1/payment_intents",
    "PaymentIntentListParams",
    covers=f"{PAGING} created customer",
)
def list_payment_intents(work: Transaction, params: Json) -> Json:
    """Payment intents, newest first."""
    found = Filter().column(params, "customer").times(params, "created")
    return list_page(work, "payment_intent", params, url="/v1/payment_intents", found=found)
