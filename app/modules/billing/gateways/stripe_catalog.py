"""Products and prices at Stripe (S10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.modules.billing.gateways.client import ask, keyed
from app.modules.billing.gateways.errors import MissingAtStripe


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAtStripe:
    """What customers read on bills, and what tells us which of ours it is."""

    id: str
    name: str
    description: str
    metadata: Mapping[str, str]
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTerms:
    """What a price is, for good: amount in minor units, `interval` `month` or `year`."""

    product_id: str
    amount_cents: int
    currency: str
    interval: str


def find_product(product_id: str) -> ProductAtStripe | None:
    """Return a product, None where this account has none of the id. Raises as `ask`."""
    try:
        found = ask(lambda stripe: stripe.v1.products.retrieve(product_id))
    except MissingAtStripe:
        return None
    return ProductAtStripe(
        id=found["id"],
        name=found["name"],
        description=found["description"] or "",
        metadata=found["metadata"],
        is_active=found["active"],
    )


def create_product(product: ProductAtStripe) -> None:
    """Make a product under an id of ours, so that it is made once. Raises as `ask`."""
    params: Any = {"id": product.id, **_product_params(product)}
    ask(lambda stripe: stripe.v1.products.create(params))


def update_product(product: ProductAtStripe) -> None:
    """Bring a product to what it should be. Raises as `ask`."""
    params: Any = {**_product_params(product), "active": product.is_active}
    ask(lambda stripe: stripe.v1.products.update(product.id, params))


def find_price(price_id: str) -> PriceTerms | None:
    """Return a price that can be sold, None where this account has none. Raises as `ask`."""
    try:
        found = ask(lambda stripe: stripe.v1.prices.retrieve(price_id))
    except MissingAtStripe:
        return None
    return _terms(found) if found["active"] else None


def find_price_by_key(lookup_key: str) -> tuple[str, PriceTerms] | None:
    """Return id and terms of the price that has a look-up key. Raises as `ask`."""
    params: Any = {"lookup_keys": [lookup_key], "active": True}
    found = ask(lambda stripe: stripe.v1.prices.list(params))["data"]
    return (found[0]["id"], _terms(found[0])) if found else None


def create_price(terms: PriceTerms, *, lookup_key: str, metadata: Mapping[str, str]) -> str:
    """Make a price and give it the look-up key, from whichever has it; its id. Raises as `ask`."""
    params: Any = {
        "product": terms.product_id,
        "unit_amount": terms.amount_cents,
        "currency": terms.currency.lower(),
        "recurring": {"interval": terms.interval},
        "tax_behavior": "exclusive",
        "lookup_key": lookup_key,
        "transfer_lookup_key": True,
        "metadata": dict(metadata),
    }
    options: Any = keyed("price", lookup_key, terms.product_id, terms.amount_cents, terms.currency)
    return str(ask(lambda stripe: stripe.v1.prices.create(params, options))["id"])


def _product_params(product: ProductAtStripe) -> dict[str, Any]:
    described = {"description": product.description} if product.description else {}
    return {"name": product.name, "metadata": dict(product.metadata), **described}


def _terms(found: dict[str, Any]) -> PriceTerms:
    return PriceTerms(
        product_id=found["product"],
        amount_cents=found["unit_amount"] or 0,
        currency=found["currency"].upper(),
        interval=(found["recurring"] or {}).get("interval", "once"),
    )
