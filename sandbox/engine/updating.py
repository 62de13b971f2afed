"""A request to change a subscription: what may change when, and what if it is not paid."""

from sandbox.engine.cancelling import plan_cancel
from sandbox.engine.changing import change_items
from sandbox.engine.invoices import finalize
from sandbox.engine.payment_methods import method_for
from sandbox.engine.payments import intent_of
from sandbox.engine.settling import OVER, collect
from sandbox.engine.subscribing import no_method, refused
from sandbox.engine.subscription_fields import set_fields
from sandbox.store.json_values import Json, clone, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid

PENDING_SECONDS = 23 * 3600
PENDING_ALLOWS = frozenset(
    [
        "items",
        "payment_behavior",
        "proration_behavior",
        "proration_date",
        "billing_cycle_anchor",
        "trial_end",
        "trial_from_plan",
        "add_invoice_items",
        "expand",
        "off_session",
    ]
)
"""What can be changed when the change may wait for its payment (Stripe: pending-updates)."""

MOVED = ("items", "billing_cycle_anchor", "trial_end", "trial_start", "status", "discounts")


def update_subscription(
    work: Transaction, subscription: Json, customer: Json, params: Json, *, on_session: bool = False
) -> Json:
    """Change a subscription, bill the change and try to take the money.

    Raises Stripe's 400 for a subscription that is over, 402 with `error_if_incomplete`.
    """
    check_changeable(subscription, params)
    before = clone({name: subscription[name] for name in MOVED})
    set_fields(work, subscription, customer, params)
    plan_cancel(work, subscription, params)
    _note_feedback(subscription, params)
    invoice = None
    if moves_items(params):
        invoice = change_items(work, subscription, customer, params)
    work.save(subscription)
    if invoice is not None:
        _pay_change(
            work,
            subscription,
            customer,
            invoice,
            behavior=params.get("payment_behavior", "allow_incomplete"),
            before=before,
            on_session=on_session,
        )
    work.emit("customer.subscription.updated", subscription)
    return subscription


def moves_items(params: Json) -> bool:
    """Whether a request touches what is billed."""
    return any(name in params for name in ("items", "trial_end", "billing_cycle_anchor"))


def check_changeable(subscription: Json, params: Json) -> None:
    """Raise Stripe's 400 for a change that the state of a subscription forbids."""
    if subscription["status"] in OVER:
        raise _over(params)
    if moves_items(params) and subscription["status"] == "incomplete":
        raise invalid(
            "Subscription items cannot be updated while the subscription is incomplete: its first "
            "invoice has to be paid.",
            param="items",
        )
    if params.get("payment_behavior") == "pending_if_incomplete":
        refused_names = sorted(set(params) - PENDING_ALLOWS)
        if refused_names:
            raise invalid(
                "When `payment_behavior` is set to `pending_if_incomplete`, you can only update "
                f"attributes that support pending updates: {refused_names[0]} does not.",
                param=refused_names[0],
            )


def _over(params: Json) -> StripeError:
    return invalid(
        "A canceled subscription can only update its cancellation_details and metadata.",
        param=next(iter(params), None),
    )


def _note_feedback(subscription: Json, params: Json) -> None:
    given = {name: text or None for name, text in params.get("cancellation_details", {}).items()}
    subscription["cancellation_details"] |= given


def _pay_change(
    work: Transaction,
    subscription: Json,
    customer: Json,
    invoice: Json,
    *,
    behavior: str,
    before: Json,
    on_session: bool,
) -> None:
    waits = behavior == "pending_if_incomplete"
    hidden(invoice)["pending_update"] = waits
    if not finalize(work, invoice):
        return
    due = invoice["amount_due"] > 0 and invoice["collection_method"] == "charge_automatically"
    if due and behavior == "default_incomplete":
        intent_of(work, invoice)
        subscription["status"] = "past_due"
        return
    method = method_for(work, customer=customer, subscription=subscription)
    if due and method is None and behavior == "error_if_incomplete":
        raise no_method()
    result = collect(work, invoice, method=method, on_session=on_session)
    if result is None or result.paid:
        return
    if behavior == "error_if_incomplete":
        raise refused(result)
    if waits:
        _hold_back(work, subscription, invoice, before)


def _hold_back(work: Transaction, subscription: Json, invoice: Json, before: Json) -> None:
    """Put the subscription back as it was; the change is applied when its invoice is paid."""
    after = clone({name: subscription[name] for name in MOVED})
    hidden(subscription)["pending"] = {"after": after, "invoice": invoice["id"]}
    subscription |= before
    subscription["pending_update"] = {
        "billing_cycle_anchor": after["billing_cycle_anchor"],
        "cancel_at_period_end": None,
        "discount": None,
        "discounts": None,
        "expires_at": work.now + PENDING_SECONDS,
        "metadata": None,
        "subscription_items": after["items"]["data"],
        "trial_end": after["trial_end"],
        "trial_from_plan": None,
    }
    work.save(subscription)
