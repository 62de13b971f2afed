"""Cards as sources: how clients of older versions save them (the Stripe CLI does)."""

from sandbox.contract.skeleton import blank
from sandbox.engine.cards import card_of_token
from sandbox.engine.payment_methods import declined
from sandbox.engine.time import customer_of
from sandbox.store.json_values import HIDDEN, Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import resource_missing
from sandbox.wire.metadata import merged_metadata


def add_source(work: Transaction, customer: Json, token: str) -> Json:
    """Save the test card of a token with a customer and make it the default source."""
    card = card_of_token(token)
    if card is None:
        raise resource_missing("token", token, param="source")
    if card.on_saving:
        raise declined(card.on_saving, commits=False)
    source = blank(
        "card",
        work.new_id("card"),
        brand=card.brand.title(),
        country="LU",
        customer=customer["id"],
        cvc_check="pass",
        exp_month=12,
        exp_year=2034,
        funding="credit",
        last4=card.last4,
        metadata={},
        regulated_status="unregulated",
    )
    source[HIDDEN] = {
        "number": card.number,
        "authenticated": False,
        "clock": customer["test_clock"] or "",
    }
    work.add(source)
    customer["default_source"] = customer["default_source"] or source["id"]
    work.save(customer)
    work.emit("customer.source.created", source)
    return source


@endpoint(
    "POST",
    "/v1/customers/{customer}/sources",
    "CustomerPaymentSourceCreateParams",
    covers="metadata source",
)
def create_source(work: Transaction, params: Json, customer: str) -> Json:
    """Save a card from a token."""
    source = add_source(work, customer_of(work, customer, param="id"), params["source"])
    source["metadata"] = merged_metadata({}, params.get("metadata", {}))
    return work.save(source)


@endpoint(
    "POST",
    "/v1/customers/{customer}/sources/{id}",
    "CustomerPaymentSourceUpdateParams",
    covers="metadata name exp_month exp_year",
)
def update_source(work: Transaction, params: Json, customer: str, object_id: str) -> Json:
    """Change a saved card."""
    customer_of(work, customer, param="id")
    source = work.get("card", object_id)
    if source["customer"] != customer:
        raise resource_missing("source", object_id)
    for name in ("name", "exp_month", "exp_year"):
        if name in params:
            value = params[name]
            source[name] = int(value) if name != "name" else value
    if "metadata" in params:
        source["metadata"] = merged_metadata(source["metadata"], params["metadata"])
    work.save(source)
    work.emit("customer.source.updated", source)
    return source
