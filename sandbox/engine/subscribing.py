"""A new subscription: items, trial, first invoice, first payment."""

from typing import Any

from sandbox.contract.skeleton import blank
from sandbox.engine.calendar import boundary, days_later, period_at
from sandbox.engine.cancelling import plan_cancel
from sandbox.engine.discounts import after_invoice
from sandbox.engine.invoice_lines import make_line, sweep_pending
from sandbox.engine.invoices import draft_invoice, finalize, keep_draft
from sandbox.engine.items import (
    amount_of,
    check_items,
    interval_of,
    items_of,
    make_item,
    remember_billed,
    set_period,
)
from sandbox.engine.payment_methods import declined, method_for
from sandbox.engine.payments import Attempt, intent_of
from sandbox.engine.prices import inline_price, product_name
from sandbox.engine.proration import remaining_value
from sandbox.engine.settling import collect
from sandbox.engine.subscription_fields import set_fields
from sandbox.engine.wording import recurring_line, remaining_line, trial_line
from sandbox.store.json_values import HIDDEN, Json, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid, missing_param

LONGEST_TRIAL_DAYS = 730
INVOICE_DAYS = "days_until_due"


def subscribe(work: Transaction, customer: Json, params: Json, *, on_session: bool = False) -> Json:
    """Make a subscription with its first invoice and try to pay it (Stripe: subscriptions/create).

    Raises Stripe's 400 for what does not fit, 402 with `payment_behavior=error_if_incomplete`.
    """
    subscription = _bare(work, customer, params)
    hidden(subscription)["being_made"] = True
    work.add(subscription)
    set_fields(work, subscription, customer, _without_behavior(params))
    if not subscription["discounts"] and customer["discount"]:
        subscription["discounts"] = [customer["discount"]["id"]]
    _schedule_first_period(work, subscription, params)
    plan_cancel(work, subscription, params)
    invoice = first_invoice(work, subscription, customer, params)
    _pay_first(work, subscription, customer, invoice, params, on_session=on_session)
    hidden(subscription)["being_made"] = False
    work.save(subscription)
    work.emit("customer.subscription.created", subscription)
    _warn_of_short_trial(work, subscription)
    return subscription


def _without_behavior(params: Json) -> Json:
    return {name: value for name, value in params.items() if name != "payment_behavior"}


def _bare(work: Transaction, customer: Json, params: Json) -> Json:
    if not params.get("items"):
        raise missing_param("items")
    subscription = blank(
        "subscription",
        work.new_id("subscription"),
        automatic_tax={"disabled_reason": None, "enabled": False, "liability": None},
        billing_cycle_anchor=work.now,
        billing_mode=_billing_mode(work, params),
        billing_schedules=[],
        cancel_at_period_end=False,
        cancellation_details={"comment": None, "feedback": None, "reason": None},
        collection_method="charge_automatically",
        created=work.now,
        currency="",
        customer=customer["id"],
        default_tax_rates=[],
        discounts=[],
        invoice_settings={
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": {"account": None, "type": "self"},
        },
        items={"object": "list", "data": [], "has_more": False, "url": ""},
        metadata={},
        payment_settings={
            "payment_method_options": None,
            "payment_method_types": None,
            "save_default_payment_method": "off",
        },
        start_date=work.now,
        status="incomplete",
        test_clock=customer["test_clock"],
        trial_settings={"end_behavior": {"missing_payment_method": "create_invoice"}},
    )
    subscription["items"]["url"] = f"/v1/subscription_items?subscription={subscription['id']}"
    subscription[HIDDEN] = {"pending": None, "warned": False}
    subscription["items"]["data"] = [
        make_item(work, subscription["id"], given, period=(0, 0), param=f"items[{index}]")
        for index, given in enumerate(params["items"])
    ]
    check_items(items_of(subscription))
    subscription["currency"] = items_of(subscription)[0]["price"]["currency"]
    wanted = str(params.get("currency", subscription["currency"]))
    if wanted.lower() != subscription["currency"]:
        raise invalid("The price does not support this currency.", param="currency")
    _hold_to_currency(work, customer, subscription["currency"])
    return subscription


def _billing_mode(work: Transaction, params: Json) -> Json:
    kind = params.get("billing_mode", {}).get("type", "flexible")
    flexible = {"proration_discounts": "included"} if kind == "flexible" else None
    mode: Json = {"flexible": flexible, "type": kind}
    if kind == "flexible":
        mode["updated_at"] = work.now
    return mode


def _hold_to_currency(work: Transaction, customer: Json, currency: str) -> None:
    if customer["currency"] is None:
        customer["currency"] = currency
        work.save(customer)
    elif customer["currency"] != currency:
        raise invalid(
            f"You cannot combine currencies on a single customer. This customer has had a "
            f"subscription, coupon, or invoice item with currency {customer['currency']}",
        )


def _schedule_first_period(work: Transaction, subscription: Json, params: Json) -> None:
    """Set trial, anchor and the first period."""
    trial_end = trial_end_of(work, subscription, params)
    anchor = params.get("billing_cycle_anchor")
    if trial_end is not None:
        subscription |= {
            "trial_start": work.now,
            "trial_end": trial_end,
            "billing_cycle_anchor": anchor or trial_end,
        }
        set_period(subscription, (work.now, trial_end))
        return
    if anchor is None:
        interval, count = interval_of(items_of(subscription)[0]["price"])
        set_period(subscription, (work.now, boundary(work.now, interval, count, 1)))
        return
    interval, count = interval_of(items_of(subscription)[0]["price"])
    if not work.now < anchor <= boundary(work.now, interval, count, 1):
        raise invalid(
            "`billing_cycle_anchor` cannot be in the past or later than next natural billing date.",
            param="billing_cycle_anchor",
        )
    subscription["billing_cycle_anchor"] = anchor
    set_period(subscription, (work.now, anchor))


def trial_end_of(work: Transaction, subscription: Json, params: Json) -> int | None:
    """When the trial of a new subscription ends, or None without a trial."""
    if "trial_end" in params and "trial_period_days" in params:
        raise invalid(
            "You may only specify one of these parameters: trial_end, trial_period_days.",
            param="trial_end",
        )
    if "trial_period_days" in params:
        days = params["trial_period_days"]
        if not 1 <= days <= LONGEST_TRIAL_DAYS:
            raise invalid("The maximum number of trial period days is 730.", param="trial_end")
        return days_later(work.now, days)
    end = params.get("trial_end")
    if end is None and params.get("trial_from_plan"):
        days = items_of(subscription)[0]["price"]["recurring"]["trial_period_days"]
        return days_later(work.now, days) if days else None
    if end is None or end == "now":
        return None
    check_trial_end(work, end)
    return int(end)


def check_trial_end(work: Transaction, end: int) -> None:
    """Raise Stripe's 400 unless a trial's end lies ahead, and not too far."""
    if end <= work.now:
        raise invalid(
            "The trial end must be in the future.", param="trial_end", code="invalid_trial_end"
        )
    if end > days_later(work.now, LONGEST_TRIAL_DAYS):
        raise invalid("The trial end is too far in the future.", param="trial_end")


def first_invoice(work: Transaction, subscription: Json, customer: Json, params: Json) -> Json:
    """The draft with the first period, or with the trial at nothing."""
    start = items_of(subscription)[0]["current_period_start"]
    invoice = draft_invoice(
        work,
        customer,
        currency=subscription["currency"],
        reason="subscription_create",
        subscription=subscription,
        period=(start, start),
    )
    hidden(invoice)[INVOICE_DAYS] = subscription["days_until_due"]
    for item in items_of(subscription):
        _first_line(work, subscription, invoice, item, params)
    for index, given in enumerate(params.get("add_invoice_items", [])):
        _extra_line(work, invoice, given, param=f"add_invoice_items[{index}]")
    sweep_pending(work, invoice, subscription=None)
    keep_draft(work, invoice, advance_at=None)
    subscription["latest_invoice"] = invoice["id"]
    if subscription["trial_end"] is None:
        remember_billed(subscription, invoice)
        subscription["discounts"] = after_invoice(work, subscription["discounts"])
    return invoice


def _first_line(
    work: Transaction, subscription: Json, invoice: Json, item: Json, params: Json
) -> None:
    name = product_name(work, item["price"])
    start, end = item["current_period_start"], item["current_period_end"]
    shared: dict[str, Any] = {
        "period": (start, end),
        "price": item["price"],
        "quantity": item["quantity"],
        "item": item,
        "subscription": subscription["id"],
        "tax_rates": item["tax_rates"],
        "metadata": subscription["metadata"],
    }
    if subscription["trial_end"] is not None:
        make_line(work, invoice, amount=0, description=trial_line(name), **shared)
        return
    whole = amount_of(item)
    interval, count = interval_of(item["price"])
    full_start, full_end = period_at(subscription["billing_cycle_anchor"], interval, count, start)
    if (full_start, full_end) == (start, end):
        text = recurring_line(name, item["price"], item["quantity"])
        make_line(work, invoice, amount=whole, description=text, **shared)
    elif params.get("proration_behavior") != "none":
        part = remaining_value(whole, start=full_start, end=full_end, at=start)
        text = remaining_line(name, item["quantity"], start)
        make_line(work, invoice, amount=part, description=text, proration=True, **shared)


def _extra_line(work: Transaction, invoice: Json, given: Json, *, param: str) -> None:
    if "price" in given:
        price = work.get("price", given["price"], param=f"{param}[price]")
    elif "price_data" in given:
        price = inline_price(work, given["price_data"], param=f"{param}[price_data]")
    else:
        raise missing_param(f"{param}[price]")
    quantity = given.get("quantity", 1)
    make_line(
        work,
        invoice,
        amount=price["unit_amount"] * quantity,
        description=product_name(work, price),
        period=(work.now, work.now),
        price=price,
        quantity=quantity,
    )


def _pay_first(
    work: Transaction,
    subscription: Json,
    customer: Json,
    invoice: Json,
    params: Json,
    *,
    on_session: bool,
) -> None:
    finalize(work, invoice)
    if subscription["trial_end"] is not None:
        subscription["status"] = "trialing"
    if invoice["amount_due"] == 0 or subscription["collection_method"] == "send_invoice":
        if subscription["trial_end"] is None:
            subscription["status"] = "active"
        collect(work, invoice)
        return
    behavior = params.get("payment_behavior", "allow_incomplete")
    if behavior == "default_incomplete":
        intent_of(work, invoice)
        return
    method = method_for(work, customer=customer, subscription=subscription)
    if method is None:
        raise no_method()
    result = collect(work, invoice, method=method, on_session=on_session)
    if result is not None and not result.paid and behavior == "error_if_incomplete":
        raise refused(result)


def no_method() -> StripeError:
    """400: there is nothing to charge."""
    return invalid(
        "This customer has no attached payment source or default payment method. Please consider "
        "adding a default payment method. For more information, visit "
        "https://docs.stripe.com/billing/subscriptions/payment-methods-setting.",
        code="resource_missing",
    )


def refused(result: Attempt) -> StripeError:
    """402 for a payment that had to succeed; nothing is kept."""
    assert result.refusal is not None
    return declined(result.refusal, commits=False)


def _warn_of_short_trial(work: Transaction, subscription: Json) -> None:
    """A trial of less than three days is announced at once."""
    end = subscription["trial_end"]
    if end is not None and end - work.now <= 3 * 86_400:
        hidden(subscription)["warned"] = True
        work.save(subscription)
        work.emit("customer.subscription.trial_will_end", subscription)
