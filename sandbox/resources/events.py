"""Events: what happened, for those who missed the webhook."""

from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.lists import PAGING, Filter, list_page

OPEN = "EXISTS (SELECT 1 FROM delivery WHERE event_id = object.id AND state != 'delivered')"


@endpoint("GET", "/v1/events/{id}", "EventRetrieveParams")
def retrieve_event(work: Transaction, _params: Json, object_id: str) -> Json:
    """One event."""
    return _with_pending(work, work.get("event", object_id))


@endpoint(
    "GET",
    "/v1/events",
    "EventListParams",
    covers=f"{PAGING} created delivery_success type types",
)
def list_events(work: Transaction, params: Json) -> Json:
    """Events, newest first; `delivery_success=false` those that some endpoint did not take."""
    found = Filter().times(params, "created")
    types = params.get("types", []) + ([params["type"]] if "type" in params else [])
    if types:
        matches = " OR ".join(["json_extract(body, '$.type') GLOB ?"] * len(types))
        found.where(f"({matches})", *types)
    if "delivery_success" in params:
        found.where(f"NOT {OPEN}" if params["delivery_success"] else OPEN)
    page = list_page(work, "event", params, url="/v1/events", found=found)
    page["data"] = [_with_pending(work, event) for event in page["data"]]
    return page


def _with_pending(work: Transaction, event: Json) -> Json:
    """The event with the number of deliveries that have not arrived yet."""
    row = work.connection.execute(
        "SELECT count(DISTINCT endpoint_id) FROM delivery"
        " WHERE event_id = ? AND state != 'delivered'",
        (event["id"],),
    ).fetchone()
    return {**event, "pending_webhooks": row[0]}
