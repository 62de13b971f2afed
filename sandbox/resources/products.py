"""Products: what is sold."""

from sandbox.contract.skeleton import blank
from sandbox.engine.prices import make_price
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import StripeError, invalid, missing_param
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata

FIELDS = "active description images name statement_descriptor tax_code unit_label url"


@endpoint(
    "POST",
    "/v1/products",
    "ProductCreateParams",
    covers=f"{FIELDS} id metadata default_price_data{{currency unit_amount tax_behavior"
    " recurring{interval interval_count}}",
)
def create_product(work: Transaction, params: Json) -> Json:
    """A product, with its default price if one is described."""
    product_id = params.get("id") or work.new_id("product")
    if work.find(product_id) is not None:
        raise invalid(
            f"Product already exists with id: {product_id}",
            param="id",
            code="resource_already_exists",
        )
    product = blank(
        "product",
        product_id,
        active=True,
        created=work.now,
        images=[],
        marketing_features=[],
        metadata={},
        type="service",
        updated=work.now,
    )
    work.add(product)
    _set(product, params)
    if "default_price_data" in params:
        given = params["default_price_data"]
        if "unit_amount" not in given:
            raise missing_param("default_price_data[unit_amount]")
        price = make_price(
            work,
            product=product["id"],
            currency=given["currency"],
            unit_amount=given["unit_amount"],
            recurring=given.get("recurring"),
            tax_behavior=given.get("tax_behavior", "unspecified"),
        )
        work.emit("price.created", price)
        product["default_price"] = price["id"]
    work.emit("product.created", product)
    return product


def _set(product: Json, params: Json) -> None:
    for name in FIELDS.split():
        if name in params:
            product[name] = params[name] if params[name] != "" else None
    if product["images"] is None:
        product["images"] = []
    if "metadata" in params:
        product["metadata"] = merged_metadata(product["metadata"], params["metadata"])


@endpoint("GET", "/v1/products/{id}", "ProductRetrieveParams")
def retrieve_product(work: Transaction, _params: Json, object_id: str) -> Json:
    """One product."""
    return work.get("product", object_id)


@endpoint(
    "POST", "/v1/products/{id}", "ProductUpdateParams", covers=f"{FIELDS} metadata default_price"
)
def update_product(work: Transaction, params: Json, object_id: str) -> Json:
    """Change a product."""
    product = work.get("product", object_id)
    _set(product, params)
    if "default_price" in params:
        price = work.get("price", params["default_price"], param="default_price")
        if price["product"] != product["id"]:
            raise invalid("The price belongs to another product.", param="default_price")
        product["default_price"] = price["id"]
    product["updated"] = work.now
    work.save(product)
    work.emit("product.updated", product)
    return product


@endpoint("DELETE", "/v1/products/{id}", "ProductDeleteParams")
def delete_product(work: Transaction, _params: Json, object_id: str) -> Json:
    """Forget a product that never had a price."""
    product = work.get("product", object_id)
    if work.first("price", "json_extract(body, '$.product') = ?", (object_id,)) is not None:
        raise _has_prices()
    work.emit("product.deleted", product)
    work.delete(product)
    return {"id": object_id, "object": "product", "deleted": True}


def _has_prices() -> StripeError:
    return invalid(
        "This product cannot be deleted because it has one or more user-created prices.",
        param="id",
    )


@endpoint("GET", "/v1/products", "ProductListParams", covers=f"{PAGING} active created ids url")
def list_products(work: Transaction, params: Json) -> Json:
    """Products, newest first."""
    found = Filter().equal(params, "active", "url").times(params, "created")
    if "ids" in params:
        found.where(f"id IN ({', '.join('?' * len(params['ids']))})", *params["ids"])
    return list_page(work, "product", params, url="/v1/products", found=found)
