"""Payment methods: test cards, saved with customers."""

from sandbox.engine.cards import Card, card_of_number, card_of_token
from sandbox.engine.customers import address_from
from sandbox.engine.payment_methods import attach, declined, detach, make_card, method_from
from sandbox.engine.payments import WRONG_NUMBER
from sandbox.engine.time import customer_of
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import missing_param, resource_missing
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata

DETAILS = "billing_details{email name phone address{city country line1 line2 postal_code state}}"


@endpoint(
    "POST",
    "/v1/payment_methods",
    "PaymentMethodCreateParams",
    covers=f"type card{{number exp_month exp_year cvc token}} {DETAILS} metadata",
)
def create_payment_method(work: Transaction, params: Json) -> Json:
    """A card from a test number or a test token; no real number is taken."""
    if params.get("type") != "card" or "card" not in params:
        raise missing_param("card" if params.get("type") == "card" else "type")
    given = params["card"]
    method = make_card(
        work,
        _card(given),
        exp_month=given.get("exp_month", 12),
        exp_year=given.get("exp_year", 2034),
    )
    if "cvc" not in given and "number" in given:
        method["card"]["checks"]["cvc_check"] = None
    _set(method, params)
    return work.save(method)


def _card(given: Json) -> Card:
    if "token" in given:
        card = card_of_token(given["token"])
        if card is None:
            raise resource_missing("token", given["token"], param="card[token]")
        return card
    if "number" not in given:
        raise missing_param("card[number]")
    card = card_of_number(given["number"])
    if card is None:
        raise declined(WRONG_NUMBER, commits=False)
    return card


def _set(method: Json, params: Json) -> None:
    details = params.get("billing_details") or {}
    for name in ("email", "name", "phone"):
        if name in details:
            method["billing_details"][name] = details[name] or None
    if "address" in details:
        method["billing_details"]["address"] = address_from(details["address"])
    if "metadata" in params:
        method["metadata"] = merged_metadata(method["metadata"], params["metadata"])


@endpoint("GET", "/v1/payment_methods/{id}", "PaymentMethodRetrieveParams")
def retrieve_payment_method(work: Transaction, _params: Json, object_id: str) -> Json:
    """One payment method."""
    return work.get("payment_method", object_id)


@endpoint(
    "POST",
    "/v1/payment_methods/{id}",
    "PaymentMethodUpdateParams",
    covers=f"card{{exp_month exp_year}} {DETAILS} metadata",
)
def update_payment_method(work: Transaction, params: Json, object_id: str) -> Json:
    """Change a payment method."""
    method = work.get("payment_method", object_id)
    method["card"] |= params.get("card", {})
    _set(method, params)
    work.save(method)
    work.emit("payment_method.updated", method)
    return method


@endpoint("POST", "/v1/payment_methods/{id}/attach", "PaymentMethodAttachParams", covers="customer")
def attach_payment_method(work: Transaction, params: Json, object_id: str) -> Json:
    """Save a card with a customer."""
    method = method_from(work, object_id, param="id")
    return attach(work, method, customer_of(work, params["customer"]))


@endpoint("POST", "/v1/payment_methods/{id}/detach", "PaymentMethodDetachParams")
def detach_payment_method(work: Transaction, _params: Json, object_id: str) -> Json:
    """Take a card away from its customer."""
    method = work.get("payment_method", object_id)
    if method["customer"]:
        customer_of(work, method["customer"])
    return detach(work, method)


@endpoint(
    "GET",
    "/v1/payment_methods",
    "PaymentMethodListParams",
    covers=f"{PAGING} customer type",
)
def list_payment_methods(work: Transaction, params: Json) -> Json:
    """The cards of a customer."""
    found = Filter().column(params, "customer").equal(params, "type")
    found.where("customer IS NOT NULL")
    return list_page(work, "payment_method", params, url="/v1/payment_methods", found=found)


@endpoint(
    "GET",
    "/v1/customers/{customer}/payment_methods",
    "CustomerPaymentMethodListParams",
    covers=f"{PAGING} type",
)
def list_customer_payment_methods(work: Transaction, params: Json, customer: str) -> Json:
    """The same, by the customer's path."""
    owner = customer_of(work, customer, param="id")
    found = Filter().where("customer = ?", owner["id"]).equal(params, "type")
    url = f"/v1/customers/{customer}/payment_methods"
    return list_page(work, "payment_method", params, url=url, found=found)
