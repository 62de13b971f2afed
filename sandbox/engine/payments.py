"""Taking the money for an invoice: payment intent, charge, and how it went."""

from dataclasses import dataclass

from sandbox.contract.skeleton import blank
from sandbox.engine.cards import NEEDS_CUSTOMER, Card, Decline
from sandbox.engine.payment_methods import card_behind
from sandbox.store.json_values import HIDDEN, Json, hidden
from sandbox.store.transaction import Transaction


@dataclass(frozen=True)
class Attempt:
    """How an attempt went: paid, asks the customer to confirm, or declined and why."""

    paid: bool
    needs_action: bool = False
    refusal: Decline | None = None


NO_METHOD = Decline(
    "payment_intent_payment_attempt_failed",
    None,
    "This customer has no attached payment source or default payment method.",
)

WRONG_NUMBER = Decline(
    "incorrect_number",
    None,
    "Your card number is incorrect. Only Stripe's test cards work here, for example "
    "4242 4242 4242 4242.",
)


def intent_of(work: Transaction, invoice: Json) -> Json:
    """The payment intent of an invoice, made on first use together with its invoice payment."""
    found = work.find(hidden(invoice).get("payment_intent"))
    if found is not None:
        return found
    intent = blank(
        "payment_intent",
        work.new_id("payment_intent"),
        amount=invoice["amount_remaining"],
        amount_capturable=0,
        amount_details={"tip": {}},
        amount_received=0,
        automatic_payment_methods=None,
        capture_method="automatic",
        confirmation_method="automatic",
        created=work.now,
        currency=invoice["currency"],
        customer=invoice["customer"],
        description="Subscription creation"
        if invoice["billing_reason"] == "subscription_create"
        else "Payment for invoice",
        metadata={},
        payment_method_options={"card": {"request_three_d_secure": "automatic"}},
        payment_method_types=["card"],
        setup_future_usage="off_session",
        status="requires_payment_method",
    )
    intent["client_secret"] = f"{intent['id']}_secret_{work.token()}"
    intent[HIDDEN] = {"clock": invoice["test_clock"] or "", "invoice": invoice["id"]}
    work.add(intent)
    hidden(invoice)["payment_intent"] = intent["id"]
    _invoice_payment(work, invoice, intent)
    work.save(invoice)
    work.emit("payment_intent.created", intent)
    return intent


def _invoice_payment(work: Transaction, invoice: Json, intent: Json) -> None:
    payment = blank(
        "invoice_payment",
        work.new_id("invoice_payment"),
        amount_requested=invoice["amount_remaining"],
        created=work.now,
        currency=invoice["currency"],
        invoice=invoice["id"],
        is_default=True,
        payment={"payment_intent": intent["id"], "type": "payment_intent"},
        status="open",
        status_transitions={"canceled_at": None, "paid_at": None},
    )
    payment[HIDDEN] = {"clock": invoice["test_clock"] or ""}
    hidden(invoice)["invoice_payment"] = payment["id"]
    work.add(payment)


def attempt(work: Transaction, invoice: Json, method: Json | None, *, on_session: bool) -> Attempt:
    """Charge what an invoice asks for to a card; the invoice itself is left to the caller.

    `on_session`: the customer sits in front of the screen and can be asked to confirm.
    """
    intent = intent_of(work, invoice)
    if method is None:
        return _failed(work, intent, None, NO_METHOD)
    card = card_behind(method)
    intent["payment_method"] = method["id"]
    if card.on_charging:
        return _failed(work, intent, method, card.on_charging)
    if _must_authenticate(card, method):
        return _asks(work, intent, on_session=on_session)
    return _succeeded(work, invoice, intent, method)


def _must_authenticate(card: Card, method: Json) -> bool:
    if card.authenticates == "setup":
        return not method[HIDDEN]["authenticated"]
    return card.authenticates == "always" and not method[HIDDEN].get("confirmed_once")


def confirm_by_customer(work: Transaction, method: Json) -> None:
    """The customer has passed the bank's check for the payment that comes next."""
    method[HIDDEN] |= {"authenticated": True, "confirmed_once": True}
    work.save(method)


def _asks(work: Transaction, intent: Json, *, on_session: bool) -> Attempt:
    intent["status"] = "requires_action"
    intent["next_action"] = {
        "type": "use_stripe_sdk",
        "use_stripe_sdk": {"type": "three_d_secure_redirect"},
    }
    if not on_session:
        intent["last_payment_error"] = _error(NEEDS_CUSTOMER)
    work.save(intent)
    work.emit("payment_intent.requires_action", intent)
    return Attempt(paid=False, needs_action=True, refusal=NEEDS_CUSTOMER)


def _failed(work: Transaction, intent: Json, method: Json | None, refusal: Decline) -> Attempt:
    intent |= {
        "status": "requires_payment_method",
        "next_action": None,
        "payment_method": None,
        "last_payment_error": _error(refusal),
    }
    if method is not None:
        charge = _charge(work, intent, method, refusal)
        intent["latest_charge"] = charge["id"]
        work.emit("charge.failed", charge)
    work.save(intent)
    work.emit("payment_intent.payment_failed", intent)
    return Attempt(paid=False, refusal=refusal)


def _error(refusal: Decline) -> Json:
    error: Json = {"code": refusal.code, "message": refusal.message, "type": "card_error"}
    if refusal.decline_code:
        error["decline_code"] = refusal.decline_code
    return error


def _succeeded(work: Transaction, invoice: Json, intent: Json, method: Json) -> Attempt:
    method[HIDDEN]["confirmed_once"] = False
    work.save(method)
    charge = _charge(work, intent, method, None)
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge["id"],
        "next_action": None,
        "last_payment_error": None,
    }
    work.save(intent)
    hidden(invoice)["charge"] = charge["id"]
    payment = work.get("invoice_payment", hidden(invoice)["invoice_payment"])
    payment |= {"amount_paid": intent["amount"], "status": "paid"}
    payment["status_transitions"]["paid_at"] = work.now
    work.save(payment)
    work.emit("charge.succeeded", charge)
    work.emit("payment_intent.succeeded", intent)
    work.emit("invoice_payment.paid", payment)
    return Attempt(paid=True)


def cancel_intent(work: Transaction, invoice: Json) -> None:
    """An invoice that will not be paid any more takes its payment intent along."""
    intent = work.find(hidden(invoice).get("payment_intent"))
    if intent is None or intent["status"] in ("succeeded", "canceled"):
        return
    intent |= {
        "status": "canceled",
        "canceled_at": work.now,
        "cancellation_reason": "void_invoice",
        "next_action": None,
    }
    work.save(intent)
    payment = work.get("invoice_payment", hidden(invoice)["invoice_payment"])
    payment["status"] = "canceled"
    payment["status_transitions"]["canceled_at"] = work.now
    work.save(payment)
    work.emit("payment_intent.canceled", intent)


def _charge(work: Transaction, intent: Json, method: Json, refusal: Decline | None) -> Json:
    good = refusal is None
    charge = blank(
        "charge",
        work.new_id("charge"),
        amount=intent["amount"],
        amount_captured=intent["amount"] if good else 0,
        amount_refunded=0,
        billing_details=method.get("billing_details") or {},
        captured=good,
        created=work.now,
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        disputed=False,
        failure_code=refusal.code if refusal else None,
        failure_message=refusal.message if refusal else None,
        metadata={},
        outcome={
            "network_status": "approved_by_network" if good else "declined_by_network",
            "reason": refusal.decline_code if refusal else None,
            "risk_level": "normal",
            "seller_message": "Payment complete."
            if good
            else "The bank did not return any further details with this decline.",
            "type": "authorized" if good else "issuer_declined",
        },
        paid=good,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=_details(method),
        refunded=False,
        status="succeeded" if good else "failed",
    )
    charge[HIDDEN] = {"clock": intent[HIDDEN]["clock"], "invoice": intent[HIDDEN]["invoice"]}
    return work.add(charge)


def _details(method: Json) -> Json:
    face = method.get("card") or method
    names = ("brand", "country", "exp_month", "exp_year", "funding", "last4", "regulated_status")
    shown = {name: face.get(name) for name in names}
    nothing = {
        "mandate": None,
        "network": face.get("brand"),
        "setup_credential_usage": None,
        "stored_credential_usage": None,
    }
    return {"card": shown | nothing, "type": "card"}
