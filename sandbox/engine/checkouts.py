"""Checkout sessions: what they cost, how they are completed, how they run out."""

from dataclasses import dataclass, field

from sandbox.contract.skeleton import blank
from sandbox.engine.cards import Card
from sandbox.engine.customers import add_tax_id, make_customer
from sandbox.engine.discounts import check_promotion
from sandbox.engine.payment_methods import attach, make_card
from sandbox.engine.payments import confirm_by_customer
from sandbox.engine.subscribing import subscribe
from sandbox.engine.tax_locations import customer_tax_ids
from sandbox.engine.time import follow_clock
from sandbox.store.json_values import HIDDEN, Json, clone
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import invalid


@dataclass(frozen=True)
class Buyer:
    """What the person in front of the hosted page typed in."""

    email: str = ""
    name: str = ""
    address: Json = field(default_factory=dict)
    tax_id: str = ""
    card: Card | None = None
    exp_month: int = 12
    exp_year: int = 2034
    authenticated: bool = False


def session_customer(work: Transaction, session: Json) -> Json | None:
    """The customer of a session, with `work.now` set to his time; None before he is known."""
    customer = work.find(session["customer"])
    if customer is not None:
        follow_clock(work, customer)
    return customer


def subscribe_params(session: Json) -> Json:
    """What the session asks for, as parameters of a new subscription."""
    part = session[HIDDEN]
    params: Json = clone(part["subscription_data"])
    params["items"] = clone(part["items"])
    params["automatic_tax"] = {"enabled": session["automatic_tax"]["enabled"]}
    if part["extras"]:
        params["add_invoice_items"] = clone(part["extras"])
    if session["discounts"]:
        params["discounts"] = [
            {name: value for name, value in each.items() if value} for each in session["discounts"]
        ]
    return params


def rehearse(work: Transaction, session: Json, *, country: str | None = None) -> Json:
    """The first invoice as it would be; nothing of it is kept."""
    with work.rehearsal():
        customer = session_customer(work, session) or make_customer(work)
        if country:
            customer["address"] = {**(customer["address"] or {}), "country": country}
        params = subscribe_params(session) | {"payment_behavior": "default_incomplete"}
        if not (customer["address"] or {}).get("country"):
            params["automatic_tax"] = {"enabled": False}
        subscription = subscribe(work, customer, params)
        return work.get("invoice", subscription["latest_invoice"])


def price_session(work: Transaction, session: Json, *, country: str | None = None) -> Json:
    """Fill in the amounts of a session; hands out the rehearsed invoice."""
    invoice = rehearse(work, session, country=country)
    discount = sum(part["amount"] for part in invoice["total_discount_amounts"])
    tax = sum(part["amount"] for part in invoice["total_taxes"])
    session |= {
        "amount_subtotal": invoice["subtotal"],
        "amount_total": invoice["total"],
        "currency": invoice["currency"],
        "total_details": {"amount_discount": discount, "amount_shipping": 0, "amount_tax": tax},
    }
    session[HIDDEN]["lines"] = [_line(work, line) for line in invoice["lines"]["data"]]
    work.save(session)
    return invoice


def _line(work: Transaction, line: Json) -> Json:
    discount = sum(part["amount"] for part in line["discount_amounts"])
    added = sum(tax["amount"] for tax in line["taxes"] if tax["tax_behavior"] == "exclusive")
    tax = sum(tax["amount"] for tax in line["taxes"])
    return blank(
        "item",
        work.new_id("item"),
        amount_discount=discount,
        amount_subtotal=line["amount"],
        amount_tax=tax,
        amount_total=line["amount"] - discount + added,
        currency=line["currency"],
        description=line["description"],
        price=line[HIDDEN]["price"],
        quantity=line["quantity"],
    )


def must_be_open(session: Json) -> None:
    """Raise Stripe's 400 for a session that is complete or expired."""
    if session["status"] != "open":
        raise invalid(
            f"This Session is not open: its status is {session['status']}.",
            code="checkout_session_not_open",
        )


def expire_session(work: Transaction, session: Json) -> Json:
    """Nobody can pay here any more."""
    must_be_open(session)
    session |= {"status": "expired", "url": None}
    work.save(session)
    work.emit("checkout.session.expired", session)
    return session


def use_code(work: Transaction, session: Json, code: str) -> None:
    """Apply a promotion code that the buyer typed; Stripe's 400 when it does not count."""
    must_be_open(session)
    customer = session_customer(work, session)
    promotion = work.first(
        "promotion_code",
        "lower(json_extract(body, '$.code')) = ? AND json_extract(body, '$.active') = 1",
        (code.strip().lower(),),
    )
    if promotion is None:
        raise invalid("This code is invalid.", code="promotion_code_invalid")
    check_promotion(work, promotion, customer)
    session["discounts"] = [{"coupon": None, "promotion_code": promotion["id"]}]
    price_session(work, session)


def needs_card(session: Json) -> bool:
    """Whether a card must be given: always, or only when something is due now."""
    if session["payment_method_collection"] != "if_required":
        return True
    return bool(session["amount_total"])


def complete(work: Transaction, session: Json, buyer: Buyer) -> Json:
    """Pay a session: customer, card, subscription, first payment (Stripe: checkout/sessions).

    Raises Stripe's 402 when the card refuses; then nothing is kept and the session stays open.
    """
    must_be_open(session)
    customer = session_customer(work, session)
    if customer is None:
        customer = make_customer(work)
        customer |= {"email": session["customer_email"] or buyer.email or None}
        customer["name"] = buyer.name or None
        work.emit("customer.created", customer)
    _learn(work, session, customer, buyer)
    params = subscribe_params(session) | {"payment_behavior": "error_if_incomplete"}
    if buyer.card is not None:
        params["default_payment_method"] = _save_card(work, customer, buyer)["id"]
    elif needs_card(session):
        raise invalid("Enter a card to pay with.", code="payment_method_missing")
    subscription = subscribe(work, customer, params, on_session=True)
    _finish(work, session, customer, subscription)
    work.emit("checkout.session.completed", session)
    return session


def _save_card(work: Transaction, customer: Json, buyer: Buyer) -> Json:
    assert buyer.card is not None
    method = make_card(work, buyer.card, exp_month=buyer.exp_month, exp_year=buyer.exp_year)
    method["billing_details"] |= {"name": buyer.name or None, "email": customer["email"]}
    if buyer.authenticated:
        confirm_by_customer(work, method)
    return attach(work, method, customer)


def _learn(work: Transaction, session: Json, customer: Json, buyer: Buyer) -> None:
    """Keep what the buyer told, as far as the session lets him change the customer."""
    update = session[HIDDEN]["customer_update"]
    known = session["customer"] is not None
    if buyer.address.get("country") and (not known or update.get("address") == "auto"):
        customer["address"] = dict.fromkeys(
            ("city", "country", "line1", "line2", "postal_code", "state")
        ) | {name: value or None for name, value in buyer.address.items()}
    if buyer.name and (not known or update.get("name") == "auto"):
        customer["name"] = buyer.name
    if buyer.tax_id:
        add_tax_id(work, customer, kind="eu_vat", value=buyer.tax_id)
    work.save(customer)
    if known:
        work.emit("customer.updated", customer)


def _finish(work: Transaction, session: Json, customer: Json, subscription: Json) -> None:
    invoice = work.get("invoice", subscription["latest_invoice"])
    discount = sum(part["amount"] for part in invoice["total_discount_amounts"])
    tax = sum(part["amount"] for part in invoice["total_taxes"])
    paid = invoice["amount_paid"] > 0
    session |= {
        "amount_subtotal": invoice["subtotal"],
        "amount_total": invoice["total"],
        "customer": customer["id"],
        "customer_details": {
            "address": customer["address"],
            "business_name": None,
            "email": customer["email"],
            "individual_name": None,
            "name": customer["name"],
            "phone": customer["phone"],
            "tax_exempt": customer["tax_exempt"],
            "tax_ids": customer_tax_ids(work, customer),
        },
        "invoice": invoice["id"],
        "payment_status": "paid" if paid else "no_payment_required",
        "status": "complete",
        "subscription": subscription["id"],
        "total_details": {"amount_discount": discount, "amount_shipping": 0, "amount_tax": tax},
        "url": None,
    }
    if session["automatic_tax"]["enabled"]:
        session["automatic_tax"]["status"] = "complete"
    work.save(session)
