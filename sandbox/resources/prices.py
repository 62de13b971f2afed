"""Prices: what a product costs, once or every period."""

from sandbox.contract.skeleton import blank
from sandbox.engine.items import items_of, set_price
from sandbox.engine.prices import make_price
from sandbox.store.json_values import Json, clone
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata

RECURRING = "recurring{interval interval_count trial_period_days}"


@endpoint(
    "POST",
    "/v1/prices",
    "PriceCreateParams",
    covers="active currency lookup_key metadata nickname product product_data{id name active"
    f" metadata statement_descriptor unit_label}} {RECURRING} tax_behavior transfer_lookup_key"
    " unit_amount",
)
def create_price(work: Transaction, params: Json) -> Json:
    """A price of a product that is there, or of one that is made with it."""
    if "unit_amount" not in params:
        raise missing_param("unit_amount")
    if ("product" in params) == ("product_data" in params):
        raise invalid("Exactly one of product and product_data must be given.", param="product")
    _free_lookup_key(work, params)
    price = make_price(
        work,
        product=_product(work, params),
        currency=params["currency"],
        unit_amount=params["unit_amount"],
        recurring=params.get("recurring"),
        active=params.get("active", True),
        lookup_key=params.get("lookup_key"),
        metadata=merged_metadata({}, params.get("metadata", {})),
        nickname=params.get("nickname"),
        tax_behavior=params.get("tax_behavior", "unspecified"),
    )
    work.emit("price.created", price)
    return price


def _product(work: Transaction, params: Json) -> str:
    if "product" in params:
        return str(work.get("product", params["product"], param="product")["id"])
    given = params["product_data"]
    product = blank(
        "product",
        given.get("id") or work.new_id("product"),
        active=given.get("active", True),
        created=work.now,
        images=[],
        marketing_features=[],
        metadata=merged_metadata({}, given.get("metadata", {})),
        name=given["name"],
        statement_descriptor=given.get("statement_descriptor"),
        type="service",
        unit_label=given.get("unit_label"),
        updated=work.now,
    )
    work.add(product)
    work.emit("product.created", product)
    return str(product["id"])


def _free_lookup_key(work: Transaction, params: Json) -> None:
    """Take a lookup key from the price that has it, if the request says so."""
    key = params.get("lookup_key")
    if not key:
        return
    holder = work.first("price", "json_extract(body, '$.lookup_key') = ?", (key,))
    if holder is None:
        return
    if not params.get("transfer_lookup_key"):
        raise invalid(
            f"A price (`{holder['id']}`) already uses that lookup key.", param="lookup_key"
        )
    holder["lookup_key"] = None
    work.save(holder)
    work.emit("price.updated", holder)


@endpoint("GET", "/v1/prices/{id}", "PriceRetrieveParams")
def retrieve_price(work: Transaction, _params: Json, object_id: str) -> Json:
    """One price."""
    return work.get("price", object_id)


@endpoint(
    "POST",
    "/v1/prices/{id}",
    "PriceUpdateParams",
    covers="active lookup_key metadata nickname tax_behavior transfer_lookup_key",
)
def update_price(work: Transaction, params: Json, object_id: str) -> Json:
    """Change what may change of a price; items that use it show it, too."""
    price = work.get("price", object_id)
    if price["tax_behavior"] not in ("unspecified", params.get("tax_behavior", "unspecified")):
        _keep_tax_behavior(params)
    if params.get("lookup_key") != price["lookup_key"]:
        _free_lookup_key(work, params)
    for name in ("active", "nickname", "tax_behavior", "lookup_key"):
        if name in params:
            price[name] = params[name] if params[name] != "" else None
    if "metadata" in params:
        price["metadata"] = merged_metadata(price["metadata"], params["metadata"])
    work.save(price)
    _refresh_items(work, price)
    work.emit("price.updated", price)
    return price


def _keep_tax_behavior(params: Json) -> None:
    if "tax_behavior" in params:
        raise invalid("You cannot change a tax behavior once set.", param="tax_behavior")


def _refresh_items(work: Transaction, price: Json) -> None:
    """Items carry a copy of their price: bring those of running subscriptions up to date."""
    running = "json_extract(body, '$.ended_at') IS NULL AND body LIKE ?"
    for subscription in work.select("subscription", running, (f"%{price['id']}%",)):
        for item in items_of(subscription):
            if item["price"]["id"] == price["id"]:
                set_price(item, clone(price))
        work.save(subscription)


@endpoint(
    "GET",
    "/v1/prices",
    "PriceListParams",
    covers=f"{PAGING} active created currency lookup_keys product recurring{{interval}} type",
)
def list_prices(work: Transaction, params: Json) -> Json:
    """Prices, newest first."""
    found = Filter().equal(params, "active", "currency", "product", "type")
    found.times(params, "created")
    if "lookup_keys" in params:
        keys = params["lookup_keys"]
        marks = ", ".join("?" * len(keys))
        found.where(f"json_extract(body, '$.lookup_key') IN ({marks})", *keys)
    if interval := params.get("recurring", {}).get("interval"):
        found.where("json_extract(body, '$.recurring.interval') = ?", interval)
    return list_page(work, "price", params, url="/v1/prices", found=found)
