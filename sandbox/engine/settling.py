"""Paying an invoice, and what that does to its subscription and customer."""

from sandbox.engine.account import billing_settings
from sandbox.engine.calendar import days_later
from sandbox.engine.cancelling import end_subscription
from sandbox.engine.invoices import finalize, mark_paid, mark_uncollectible, void
from sandbox.engine.payment_methods import method_for
from sandbox.engine.payments import Attempt, attempt, cancel_intent, intent_of
from sandbox.store.json_values import Json, hidden
from sandbox.store.transaction import Transaction

OVER = ("canceled", "incomplete_expired")


def subscription_of(work: Transaction, invoice: Json) -> Json | None:
    """The subscription that an invoice bills, or None."""
    return work.find(hidden(invoice).get("subscription"))


def finalize_and_collect(work: Transaction, invoice: Json) -> Attempt | None:
    """What Stripe does with a draft whose hour is over; None when nothing was to be taken."""
    if not finalize(work, invoice):
        return None
    subscription = subscription_of(work, invoice)
    pause = subscription and subscription["pause_collection"]
    if pause and pause["behavior"] == "void":
        void(work, invoice)
        return None
    if pause and pause["behavior"] == "mark_uncollectible":
        mark_uncollectible(work, invoice)
        return None
    return collect(work, invoice)


def collect(
    work: Transaction,
    invoice: Json,
    *,
    method: Json | None = None,
    on_session: bool = False,
    automatic: bool = True,
) -> Attempt | None:
    """Try to pay an open invoice; None when it waits for the customer to transfer the money.

    `automatic`: by Stripe's own schedule, which counts attempts; a try by hand counts only when it
    is the first.
    """
    if invoice["amount_due"] == 0:
        mark_paid(work, invoice, amount=0)
        _after_payment(work, invoice)
        return Attempt(paid=True)
    if invoice["collection_method"] == "send_invoice" and automatic:
        intent_of(work, invoice)
        return None
    customer = work.get("customer", invoice["customer"])
    if method is None:
        named = work.find(invoice["default_payment_method"])
        subscription = subscription_of(work, invoice)
        method = named or method_for(work, customer=customer, subscription=subscription)
    invoice["attempted"] = True
    if automatic or invoice["attempt_count"] == 0:
        invoice["attempt_count"] += 1
    result = attempt(work, invoice, method, on_session=on_session)
    work.save(invoice)
    if result.paid:
        _keep_method(work, invoice, method)
        mark_paid(work, invoice, amount=invoice["amount_due"])
        _after_payment(work, invoice)
    else:
        _after_failure(work, invoice, result)
    return result


def _keep_method(work: Transaction, invoice: Json, method: Json | None) -> None:
    """The card that paid becomes the subscription's, where its payment settings say so."""
    subscription = subscription_of(work, invoice)
    if subscription is None or method is None or method["object"] != "payment_method":
        return
    if subscription["payment_settings"]["save_default_payment_method"] == "on_subscription":
        subscription["default_payment_method"] = method["id"]
        work.save(subscription)


def mark_paid_elsewhere(work: Transaction, invoice: Json) -> None:
    """The money came by another way than Stripe."""
    hidden(invoice)["paid_out_of_band"] = True
    cancel_intent(work, invoice)
    mark_paid(work, invoice, amount=invoice["amount_due"])
    _after_payment(work, invoice)


def void_open(work: Transaction, invoice: Json) -> None:
    """Void an invoice and give up its payment."""
    void(work, invoice)
    cancel_intent(work, invoice)


def _after_payment(work: Transaction, invoice: Json) -> None:
    _set_delinquent(work, invoice, False)
    subscription = subscription_of(work, invoice)
    if subscription is None or subscription["status"] in OVER:
        return
    pending = hidden(subscription).get("pending")
    if pending and pending["invoice"] == invoice["id"]:
        _apply_pending(work, subscription, pending)
        return
    latest = subscription["latest_invoice"] == invoice["id"]
    resumes = subscription["status"] == "paused" and latest
    if resumes or (latest and subscription["status"] in ("incomplete", "past_due", "unpaid")):
        subscription["status"] = "active"
        work.save(subscription)
        _told_of_status(work, subscription)
        if resumes:
            work.emit("customer.subscription.resumed", subscription)


def _told_of_status(work: Transaction, subscription: Json) -> None:
    """A subscription that is still being made is told of when it is done, not before."""
    if not hidden(subscription).get("being_made"):
        work.emit("customer.subscription.updated", subscription)


def _apply_pending(work: Transaction, subscription: Json, pending: Json) -> None:
    subscription |= pending["after"]
    subscription["pending_update"] = None
    hidden(subscription)["pending"] = None
    work.save(subscription)
    work.emit("customer.subscription.pending_update_applied", subscription)
    work.emit("customer.subscription.updated", subscription)


def _after_failure(work: Transaction, invoice: Json, result: Attempt) -> None:
    subscription = subscription_of(work, invoice)
    first = subscription is not None and subscription["status"] == "incomplete"
    pending = hidden(invoice).get("pending_update")
    exhausted = False
    if not (first or pending):
        exhausted = _plan_next_attempt(work, invoice)
    if result.needs_action:
        work.emit("invoice.payment_action_required", invoice)
    work.emit("invoice.payment_failed", invoice)
    if first or pending or subscription is None or subscription["status"] in OVER:
        return
    _set_delinquent(work, invoice, True)
    if subscription["status"] in ("active", "trialing"):
        subscription["status"] = "past_due"
        work.save(subscription)
        work.emit("customer.subscription.updated", subscription)
    if exhausted:
        _give_up(work, subscription)


def _plan_next_attempt(work: Transaction, invoice: Json) -> bool:
    """Set the time of the next retry; True when there is none left."""
    gaps = billing_settings(work)["dunning_days"]
    tried = invoice["attempt_count"]
    if not invoice["auto_advance"] and invoice["billing_reason"] == "manual":
        return False
    if tried > len(gaps):
        invoice["next_payment_attempt"] = None
        return True
    invoice["auto_advance"] = True
    invoice["next_payment_attempt"] = days_later(work.now, gaps[tried - 1])
    return False


def _give_up(work: Transaction, subscription: Json) -> None:
    """What the account's settings say after the last failed attempt."""
    outcome = billing_settings(work)["dunning_end"]
    if outcome == "cancel":
        end_subscription(work, subscription, reason="payment_failed")
    elif outcome == "unpaid":
        subscription["status"] = "unpaid"
        work.save(subscription)
        work.emit("customer.subscription.updated", subscription)


def _set_delinquent(work: Transaction, invoice: Json, delinquent: bool) -> None:
    customer = work.find(invoice["customer"])
    if customer is not None and bool(customer.get("delinquent")) != delinquent:
        customer["delinquent"] = delinquent
        work.save(customer)
        work.emit("customer.updated", customer)


def pay_overdue(work: Transaction, invoice: Json) -> None:
    """A sent invoice whose due date has passed: its subscription is past due."""
    hidden(invoice)["overdue"] = True
    work.save(invoice)
    work.emit("invoice.overdue", invoice)
    subscription = subscription_of(work, invoice)
    if subscription is not None and subscription["status"] == "active":
        subscription["status"] = "past_due"
        work.save(subscription)
        work.emit("customer.subscription.updated", subscription)
