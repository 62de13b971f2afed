"""What happens to a subscription when its time comes: trial over, next period, too late."""

from sandbox.engine.calendar import period_at
from sandbox.engine.cancelling import end_subscription
from sandbox.engine.discounts import after_invoice, live_discounts
from sandbox.engine.invoice_lines import make_line, sweep_pending
from sandbox.engine.invoices import DRAFT_SECONDS, draft_invoice, keep_draft
from sandbox.engine.items import (
    amount_of,
    interval_of,
    items_of,
    period_of,
    remember_billed,
    set_period,
)
from sandbox.engine.payment_methods import method_for
from sandbox.engine.prices import product_name
from sandbox.engine.settling import void_open
from sandbox.engine.subscribing import INVOICE_DAYS
from sandbox.engine.wording import recurring_line
from sandbox.store.json_values import Json, hidden
from sandbox.store.transaction import Transaction

FIRST_PAYMENT_SECONDS = 23 * 3600
WARNING_SECONDS = 3 * 86_400


def subscription_due(subscription: Json) -> int | None:
    """When something happens to a subscription by itself; None when never again."""
    status = subscription["status"]
    if status in ("canceled", "incomplete_expired") or not items_of(subscription):
        return None
    if status == "incomplete":
        return int(subscription["created"]) + FIRST_PAYMENT_SECONDS
    times = [subscription["cancel_at"]]
    if subscription["pending_update"]:
        times.append(subscription["pending_update"]["expires_at"])
    if subscription["pause_collection"]:
        times.append(subscription["pause_collection"]["resumes_at"])
    if status == "trialing":
        times.append(subscription["trial_end"])
        if not hidden(subscription)["warned"]:
            times.append(subscription["trial_end"] - WARNING_SECONDS)
    elif status != "paused":
        times.append(period_of(subscription)[1])
    return min((time for time in times if time is not None), default=None)


def advance_subscription(work: Transaction, subscription: Json) -> None:
    """Do the one thing that is due now for a subscription."""
    now = work.now
    pending = subscription["pending_update"]
    pause = subscription["pause_collection"]
    if subscription["status"] == "incomplete":
        _expire(work, subscription)
    elif pending and pending["expires_at"] <= now:
        _drop_pending(work, subscription)
    elif subscription["cancel_at"] is not None and subscription["cancel_at"] <= now:
        end_subscription(work, subscription, reason="cancellation_requested")
    elif pause and pause["resumes_at"] is not None and pause["resumes_at"] <= now:
        subscription["pause_collection"] = None
        work.save(subscription)
        work.emit("customer.subscription.updated", subscription)
    elif subscription["status"] != "trialing":
        renew(work, subscription)
    elif subscription["trial_end"] <= now:
        end_trial(work, subscription)
    else:
        hidden(subscription)["warned"] = True
        work.save(subscription)
        work.emit("customer.subscription.trial_will_end", subscription)


def _expire(work: Transaction, subscription: Json) -> None:
    """The first payment did not come within 23 hours (Stripe: subscriptions/overview)."""
    invoice = work.get("invoice", subscription["latest_invoice"])
    if invoice["status"] == "open":
        void_open(work, invoice)
    end_subscription(work, subscription, reason=None, status="incomplete_expired")


def _drop_pending(work: Transaction, subscription: Json) -> None:
    pending = hidden(subscription)["pending"]
    invoice = work.get("invoice", pending["invoice"])
    subscription["pending_update"] = None
    hidden(subscription)["pending"] = None
    work.save(subscription)
    if invoice["status"] == "open":
        void_open(work, invoice)
    work.emit("customer.subscription.pending_update_expired", subscription)


def end_trial(work: Transaction, subscription: Json) -> None:
    """The trial is over: the first paid period begins, or what the trial settings say instead."""
    if not stops_without_card(work, subscription):
        subscription["status"] = "active"
        renew(work, subscription)


def stops_without_card(work: Transaction, subscription: Json) -> bool:
    """End or pause a subscription whose trial is over and that has no card, if it says so."""
    customer = work.get("customer", subscription["customer"])
    method = method_for(work, customer=customer, subscription=subscription)
    missing = method is None and subscription["collection_method"] == "charge_automatically"
    instead = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
    if missing and instead == "cancel":
        end_subscription(work, subscription, reason=None)
    elif missing and instead == "pause":
        subscription["status"] = "paused"
        work.save(subscription)
        work.emit("customer.subscription.paused", subscription)
    else:
        return False
    return True


def renew(work: Transaction, subscription: Json) -> Json:
    """Begin the period that starts now and bill it: the invoice is a draft for an hour."""
    customer = work.get("customer", subscription["customer"])
    last = period_of(subscription)
    interval, count = interval_of(items_of(subscription)[0]["price"])
    anchor = subscription["billing_cycle_anchor"]
    set_period(subscription, period_at(anchor, interval, count, work.now))
    subscription["discounts"] = live_discounts(work, subscription["discounts"])
    invoice = draft_invoice(
        work,
        customer,
        currency=subscription["currency"],
        reason="subscription_cycle",
        subscription=subscription,
        period=last,
    )
    hidden(invoice)[INVOICE_DAYS] = subscription["days_until_due"]
    for item in items_of(subscription):
        _period_line(work, subscription, invoice, item)
    sweep_pending(work, invoice, subscription=subscription["id"])
    keep_draft(work, invoice, advance_at=_finalizes_at(work, subscription))
    subscription["latest_invoice"] = invoice["id"]
    remember_billed(subscription, invoice)
    subscription["discounts"] = after_invoice(work, subscription["discounts"])
    work.save(subscription)
    work.emit("customer.subscription.updated", subscription)
    return invoice


def _period_line(work: Transaction, subscription: Json, invoice: Json, item: Json) -> None:
    name = product_name(work, item["price"])
    make_line(
        work,
        invoice,
        amount=amount_of(item),
        description=recurring_line(name, item["price"], item["quantity"]),
        period=(item["current_period_start"], item["current_period_end"]),
        price=item["price"],
        quantity=item["quantity"],
        item=item,
        subscription=subscription["id"],
        tax_rates=item["tax_rates"],
        metadata=subscription["metadata"],
    )


def _finalizes_at(work: Transaction, subscription: Json) -> int | None:
    pause = subscription["pause_collection"]
    stays = subscription["status"] == "unpaid" or (pause and pause["behavior"] == "keep_as_draft")
    return None if stays else work.now + DRAFT_SECONDS
