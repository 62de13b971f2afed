"""The items of a subscription, one by one."""

from sandbox.engine.items import items_of
from sandbox.engine.time import customer_of
from sandbox.engine.updating import update_subscription
from sandbox.resources.subscriptions import ITEM
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import resource_missing
from sandbox.wire.lists import PAGING, limit_of, list_of

BILLING = "payment_behavior proration_behavior proration_date"
OF_THE_CHANGE = ("payment_behavior", "proration_behavior", "proration_date")


@endpoint(
    "POST",
    "/v1/subscription_items",
    "SubscriptionItemCreateParams",
    covers=f"subscription {ITEM} {BILLING}",
)
def create_item(work: Transaction, params: Json) -> Json:
    """Add an item to a subscription."""
    subscription = work.get("subscription", params["subscription"], param="subscription")
    given = {name: value for name, value in params.items() if name != "subscription"}
    _change(work, subscription, given)
    return items_of(subscription)[-1]


@endpoint("GET", "/v1/subscription_items/{id}", "SubscriptionItemRetrieveParams")
def retrieve_item(work: Transaction, _params: Json, object_id: str) -> Json:
    """One item."""
    return _find(_owner(work, object_id), object_id)


@endpoint(
    "POST",
    "/v1/subscription_items/{id}",
    "SubscriptionItemUpdateParams",
    covers=f"{ITEM} {BILLING}",
)
def update_item(work: Transaction, params: Json, object_id: str) -> Json:
    """Change one item; prorated as any other change of the subscription."""
    subscription = _owner(work, object_id)
    _change(work, subscription, {**params, "id": object_id})
    return _find(subscription, object_id)


@endpoint(
    "DELETE",
    "/v1/subscription_items/{id}",
    "SubscriptionItemDeleteParams",
    covers="payment_behavior proration_behavior proration_date",
)
def delete_item(work: Transaction, params: Json, object_id: str) -> Json:
    """Take an item away; the last one cannot go."""
    _change(work, _owner(work, object_id), {**params, "id": object_id, "deleted": True})
    return {"id": object_id, "object": "subscription_item", "deleted": True}


@endpoint(
    "GET",
    "/v1/subscription_items",
    "SubscriptionItemListParams",
    covers=f"{PAGING} subscription",
)
def list_items(work: Transaction, params: Json) -> Json:
    """The items of a subscription, in their order."""
    subscription = work.get("subscription", params["subscription"], param="subscription")
    items = items_of(subscription)
    ids = [item["id"] for item in items]
    limit = limit_of(params)
    if "ending_before" in params:
        end = _position(ids, params["ending_before"])
        start = max(0, end - limit)
    else:
        start = _position(ids, params["starting_after"]) + 1 if "starting_after" in params else 0
        end = start + limit
    return list_of(items[start:end], url="/v1/subscription_items", has_more=end < len(items))


def _position(ids: list[str], item_id: str) -> int:
    if item_id not in ids:
        raise resource_missing("subscription_item", item_id, param="starting_after")
    return ids.index(item_id)


def _change(work: Transaction, subscription: Json, given: Json) -> None:
    params = {name: given.pop(name) for name in OF_THE_CHANGE if name in given}
    customer = customer_of(work, subscription["customer"])
    update_subscription(work, subscription, customer, {**params, "items": [given]})


def _owner(work: Transaction, item_id: str) -> Json:
    """The subscription that holds an item."""
    holds = (
        "EXISTS (SELECT 1 FROM json_each(body, '$.items.data') AS item"
        " WHERE json_extract(item.value, '$.id') = ?)"
    )
    found = work.first("subscription", holds, (item_id,))
    if found is None:
        raise resource_missing("subscription_item", item_id)
    return found


def _find(subscription: Json, item_id: str) -> Json:
    return next(item for item in items_of(subscription) if item["id"] == item_id)
