"""Saved cards: made from tokens and numbers, attached to customers."""

from sandbox.contract.skeleton import blank
from sandbox.engine.cards import CARDS, Card, Decline, card_of_token
from sandbox.store.json_values import HIDDEN, Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, card_error, invalid

EMPTY_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))


def make_card(work: Transaction, card: Card, *, exp_month: int = 12, exp_year: int = 2034) -> Json:
    """Keep a new payment method of a test card."""
    method = blank(
        "payment_method",
        work.new_id("payment_method"),
        allow_redisplay="unspecified",
        billing_details={
            "address": dict(EMPTY_ADDRESS),
            "email": None,
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        card=card_face(card, exp_month=exp_month, exp_year=exp_year),
        created=work.now,
        metadata={},
        type="card",
    )
    method[HIDDEN] = {"number": card.number, "authenticated": False}
    return work.add(method)


def card_face(card: Card, *, exp_month: int, exp_year: int) -> Json:
    """What may be shown of a card."""
    return {
        "brand": card.brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "pass",
        },
        "country": "LU",
        "display_brand": card.brand,
        "exp_month": exp_month,
        "exp_year": exp_year,
        "fingerprint": None,
        "funding": "credit",
        "generated_from": None,
        "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def method_from(work: Transaction, name: str, *, param: str) -> Json:
    """The payment method of an id, or a new one for a test card such as `pm_card_visa`."""
    card = card_of_token(name)
    return make_card(work, card) if card else work.get("payment_method", name, param=param)


def card_behind(method: Json) -> Card:
    """The test card of a payment method."""
    return CARDS[method[HIDDEN]["number"]]


def attach(work: Transaction, method: Json, customer: Json) -> Json:
    """Save a card with a customer; Stripe's 402 when the card refuses even that."""
    if method["customer"] == customer["id"]:
        return method
    if method["customer"] is not None:
        raise invalid(
            "The payment method you provided has already been attached to a customer.",
            code="payment_method_unexpected_state",
        )
    if refusal := card_behind(method).on_saving:
        raise declined(refusal, commits=False)
    method["customer"] = customer["id"]
    method[HIDDEN]["clock"] = customer["test_clock"] or ""
    work.save(method)
    work.emit("payment_method.attached", method)
    return method


def detach(work: Transaction, method: Json) -> Json:
    """Take a card away from its customer; nothing is charged to it any more."""
    customer = work.find(method["customer"])
    if customer is None:
        raise invalid("The payment method you provided is not attached to a customer.")
    method["customer"] = None
    work.save(method)
    if customer["invoice_settings"]["default_payment_method"] == method["id"]:
        customer["invoice_settings"]["default_payment_method"] = None
        work.save(customer)
        work.emit("customer.updated", customer)
    for subscription in work.select("subscription", "customer = ?", (customer["id"],)):
        if subscription["default_payment_method"] == method["id"]:
            subscription["default_payment_method"] = None
            work.save(subscription)
            work.emit("customer.subscription.updated", subscription)
    work.emit("payment_method.detached", method)
    return method


def declined(refusal: Decline, *, commits: bool) -> StripeError:
    """Stripe's 402 for a refusal."""
    return card_error(
        refusal.message, code=refusal.code, decline_code=refusal.decline_code, commits=commits
    )


def method_for(work: Transaction, *, customer: Json, subscription: Json | None) -> Json | None:
    """The card that pays when nothing else is said: the subscription's, then the customer's."""
    names = [
        subscription and subscription["default_payment_method"],
        customer["invoice_settings"]["default_payment_method"],
        subscription and subscription["default_source"],
        customer["default_source"],
    ]
    for name in names:
        method = work.find(name)
        if method is not None and method.get("customer") == customer["id"]:
            return method
    return None
