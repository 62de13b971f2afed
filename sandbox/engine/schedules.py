"""Subscription schedules: phases that follow each other (Stripe: subscription-schedules)."""

from sandbox.contract.skeleton import blank
from sandbox.engine.calendar import boundary
from sandbox.engine.cancelling import end_subscription
from sandbox.engine.changing import change_items
from sandbox.engine.invoices import finalize
from sandbox.engine.items import (
    check_items,
    interval_of,
    items_of,
    make_item,
    period_of,
    quantity_of,
    set_price,
    tax_rates_of,
)
from sandbox.engine.prices import price_from
from sandbox.engine.settling import collect
from sandbox.engine.subscription_fields import set_fields
from sandbox.store.json_values import Json, clone
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid, missing_param

PHASE_SETTINGS = (
    "automatic_tax",
    "collection_method",
    "default_payment_method",
    "default_tax_rates",
    "description",
    "metadata",
)


def schedule_from_subscription(work: Transaction, subscription: Json) -> Json:
    """A schedule whose only phase is what the subscription does in its current period."""
    if subscription["schedule"] is not None:
        raise invalid(
            "You cannot migrate a subscription that is already attached to a schedule: "
            f"{subscription['schedule']}",
            param="from_subscription",
        )
    if subscription["status"] in ("canceled", "incomplete_expired", "incomplete"):
        raise invalid(
            f"You cannot create a schedule for a subscription that is {subscription['status']}.",
            param="from_subscription",
        )
    start, end = period_of(subscription)
    schedule = blank(
        "subscription_schedule",
        work.new_id("subscription_schedule"),
        billing_mode=clone(subscription["billing_mode"]),
        created=work.now,
        current_phase={"start_date": start, "end_date": end},
        customer=subscription["customer"],
        default_settings=_default_settings(subscription),
        end_behavior="release",
        metadata={},
        pause_schedules=[],
        phases=[_phase_of(subscription, start=start, end=end)],
        status="active",
        subscription=subscription["id"],
        test_clock=subscription["test_clock"],
    )
    work.add(schedule)
    subscription["schedule"] = schedule["id"]
    work.save(subscription)
    work.emit("subscription_schedule.created", schedule)
    work.emit("customer.subscription.updated", subscription)
    return schedule


def _default_settings(subscription: Json) -> Json:
    return {
        "application_fee_percent": None,
        "automatic_tax": clone(subscription["automatic_tax"]),
        "billing_cycle_anchor": "automatic",
        "billing_thresholds": None,
        "collection_method": subscription["collection_method"],
        "default_payment_method": subscription["default_payment_method"],
        "description": subscription["description"],
        "invoice_settings": {
            "account_tax_ids": None,
            "custom_fields": None,
            "days_until_due": subscription["days_until_due"],
            "description": None,
            "footer": None,
            "issuer": {"account": None, "type": "self"},
        },
        "on_behalf_of": None,
        "transfer_data": None,
    }


def _phase_of(subscription: Json, *, start: int, end: int) -> Json:
    trialing = subscription["status"] == "trialing"
    return {
        "add_invoice_items": [],
        "application_fee_percent": None,
        "automatic_tax": clone(subscription["automatic_tax"]),
        "billing_cycle_anchor": None,
        "billing_thresholds": None,
        "collection_method": subscription["collection_method"],
        "currency": subscription["currency"],
        "default_payment_method": subscription["default_payment_method"],
        "default_tax_rates": clone(subscription["default_tax_rates"]),
        "description": subscription["description"],
        "discounts": [
            {"coupon": None, "discount": each, "promotion_code": None}
            for each in subscription["discounts"]
        ],
        "end_date": end,
        "invoice_settings": None,
        "items": [_phase_item(item) for item in items_of(subscription)],
        "metadata": dict(subscription["metadata"]),
        "on_behalf_of": None,
        "proration_behavior": "create_prorations",
        "start_date": start,
        "transfer_data": None,
        "trial_end": subscription["trial_end"] if trialing else None,
    }


def _phase_item(item: Json) -> Json:
    return {
        "billing_thresholds": None,
        "discounts": [],
        "metadata": dict(item["metadata"]),
        "plan": item["price"]["id"],
        "price": item["price"]["id"],
        "quantity": item["quantity"],
        "tax_rates": clone(item["tax_rates"]),
    }


def set_phases(work: Transaction, schedule: Json, given: list[Json]) -> None:
    """Replace the phases of a schedule; the running one keeps its start.

    Raises Stripe's 400 when phases do not follow each other or the running one is left out.
    """
    if not given:
        raise missing_param("phases")
    phases: list[Json] = []
    current = schedule["current_phase"]
    start: int = current["start_date"]
    for index, each in enumerate(given):
        param = f"phases[{index}]"
        wanted = each.get("start_date", start)
        wanted = work.now if wanted == "now" else wanted
        if wanted != start:
            raise invalid(
                "The start date of a phase must equal the end date of the phase before it; that "
                "of the current phase cannot be changed.",
                param=f"{param}[start_date]",
            )
        phase = _new_phase(work, schedule, each, start=start, param=param)
        phases.append(phase)
        start = phase["end_date"]
    if phases[0]["end_date"] < work.now:
        raise invalid("The current phase cannot end in the past.", param="phases[0][end_date]")
    schedule["phases"] = phases
    schedule["current_phase"] = {
        "start_date": phases[0]["start_date"],
        "end_date": phases[0]["end_date"],
    }


def _new_phase(work: Transaction, schedule: Json, given: Json, *, start: int, param: str) -> Json:
    items = [
        _given_item(work, each, param=f"{param}[items][{index}]")
        for index, each in enumerate(given["items"])
    ]
    prices = [work.get("price", item["price"]) for item in items]
    subscription = work.get("subscription", schedule["subscription"])
    discounts = given.get("discounts") or []
    rates = given.get("default_tax_rates") or []
    return {
        "add_invoice_items": [],
        "application_fee_percent": None,
        "automatic_tax": _phase_tax(given),
        "billing_cycle_anchor": given.get("billing_cycle_anchor"),
        "billing_thresholds": None,
        "collection_method": given.get("collection_method"),
        "currency": subscription["currency"],
        "default_payment_method": given.get("default_payment_method"),
        "default_tax_rates": [dict(work.get("tax_rate", rate, param=param)) for rate in rates],
        "description": given.get("description") or None,
        "discounts": [
            {"coupon": None, "discount": None, "promotion_code": None} | each for each in discounts
        ],
        "end_date": _phase_end(work, given, start=start, prices=prices, param=param),
        "invoice_settings": None,
        "items": items,
        "metadata": dict(given.get("metadata") or {}),
        "on_behalf_of": None,
        "proration_behavior": given.get("proration_behavior", "create_prorations"),
        "start_date": start,
        "transfer_data": None,
        "trial_end": _phase_trial(given, start=start),
    }


def _given_item(work: Transaction, given: Json, *, param: str) -> Json:
    price = price_from(work, given, param=param)
    return {
        "billing_thresholds": None,
        "discounts": [],
        "metadata": dict(given.get("metadata") or {}),
        "plan": price["id"],
        "price": price["id"],
        "quantity": quantity_of(given, param=param),
        "tax_rates": tax_rates_of(work, given, param=param),
    }


def _phase_tax(given: Json) -> Json | None:
    if "automatic_tax" not in given:
        return None
    return {
        "disabled_reason": None,
        "enabled": given["automatic_tax"]["enabled"],
        "liability": None,
    }


def _phase_trial(given: Json, *, start: int) -> int | None:
    end = given.get("trial_end")
    return end if isinstance(end, int) and end > start else None


def _phase_end(
    work: Transaction, given: Json, *, start: int, prices: list[Json], param: str
) -> int:
    if "end_date" in given and "duration" in given:
        raise invalid("You can only set one of end_date and duration.", param=f"{param}[end_date]")
    end = given.get("end_date")
    if end == "now":
        return work.now
    if isinstance(end, int):
        if end <= start:
            raise invalid("A phase must end after it starts.", param=f"{param}[end_date]")
        return end
    if "duration" in given:
        count = given["duration"].get("interval_count", 1)
        return boundary(start, given["duration"]["interval"], count, 1)
    interval, count = interval_of(prices[0])
    return boundary(start, interval, count, 1)


def release(work: Transaction, schedule: Json) -> Json:
    """Let the subscription go on as it is, without the schedule."""
    must_run(schedule, "release")
    _detach(work, schedule)
    schedule |= {
        "status": "released",
        "released_at": work.now,
        "released_subscription": schedule["subscription"],
        "subscription": None,
        "current_phase": None,
    }
    work.save(schedule)
    work.emit("subscription_schedule.released", schedule)
    return schedule


def cancel_schedule(work: Transaction, schedule: Json) -> Json:
    """End the schedule and its subscription at once."""
    must_run(schedule, "cancel")
    subscription = work.get("subscription", schedule["subscription"])
    end_subscription(work, subscription, reason="cancellation_requested")
    return schedule


def must_run(schedule: Json, verb: str) -> None:
    """Raise Stripe's 400 for a schedule that is over."""
    if schedule["status"] not in ("active", "not_started"):
        raise _not_running(schedule, verb)


def _not_running(schedule: Json, verb: str) -> StripeError:
    return invalid(
        f"You cannot {verb} a subscription schedule that is currently in the "
        f"`{schedule['status']}` status."
    )


def _detach(work: Transaction, schedule: Json) -> None:
    subscription = work.get("subscription", schedule["subscription"])
    subscription["schedule"] = None
    work.save(subscription)
    work.emit("customer.subscription.updated", subscription)


def advance_schedule(work: Transaction, schedule: Json) -> None:
    """The current phase is over: the next one begins, or the schedule ends."""
    at = schedule["current_phase"]["end_date"]
    upcoming = next((phase for phase in schedule["phases"] if phase["start_date"] == at), None)
    if upcoming is not None:
        _enter(work, schedule, upcoming)
    elif schedule["end_behavior"] == "cancel":
        subscription = work.get("subscription", schedule["subscription"])
        _detach(work, schedule)
        schedule |= {"status": "completed", "completed_at": work.now, "current_phase": None}
        work.save(schedule)
        work.emit("subscription_schedule.completed", schedule)
        end_subscription(work, subscription, reason="cancellation_requested")
    else:
        release(work, schedule)


def _enter(work: Transaction, schedule: Json, phase: Json) -> None:
    schedule["current_phase"] = {
        "start_date": phase["start_date"],
        "end_date": phase["end_date"],
    }
    work.save(schedule)
    subscription = work.get("subscription", schedule["subscription"])
    apply_phase(work, subscription, phase)
    work.emit("subscription_schedule.updated", schedule)


def apply_phase(work: Transaction, subscription: Json, phase: Json) -> None:
    """Give a subscription the settings and items of a phase.

    At the end of a period the renewal that follows bills the new items; inside of one the phase's
    `proration_behavior` decides.
    """
    customer = work.get("customer", subscription["customer"])
    set_fields(work, subscription, customer, _settings(phase))
    if phase["trial_end"] is not None and subscription["trial_end"] != phase["trial_end"]:
        change_items(work, subscription, customer, {"trial_end": phase["trial_end"]})
    if work.now >= period_of(subscription)[1]:
        _swap_items(work, subscription, phase)
    else:
        _change_midway(work, subscription, customer, phase)
    work.save(subscription)
    work.emit("customer.subscription.updated", subscription)


def _settings(phase: Json) -> Json:
    settings = {name: phase[name] for name in PHASE_SETTINGS if phase[name]}
    if "automatic_tax" in settings:
        settings["automatic_tax"] = {"enabled": phase["automatic_tax"]["enabled"]}
    if "default_tax_rates" in settings:
        settings["default_tax_rates"] = [rate["id"] for rate in phase["default_tax_rates"]]
    settings["discounts"] = [
        {name: value for name, value in each.items() if value} for each in phase["discounts"]
    ]
    return settings


def _swap_items(work: Transaction, subscription: Json, phase: Json) -> None:
    """Take over the items of a phase where a new period begins anyway."""
    before = interval_of(items_of(subscription)[0]["price"])
    period = period_of(subscription)
    kept = items_of(subscription)
    items = []
    for index, given in enumerate(phase["items"]):
        wanted = _as_params(given)
        if index < len(kept):
            item = kept[index]
            set_price(item, price_from(work, {"price": given["price"]}, param="phases"))
            item |= {"quantity": given["quantity"], "metadata": dict(given["metadata"])}
            item["tax_rates"] = clone(given["tax_rates"])
        else:
            item = make_item(work, subscription["id"], wanted, period=period, param="phases")
        items.append(item)
    check_items(items)
    subscription["items"]["data"] = items
    moved = interval_of(items[0]["price"]) != before
    if moved or phase["billing_cycle_anchor"] == "phase_start":
        subscription["billing_cycle_anchor"] = work.now


def _change_midway(work: Transaction, subscription: Json, customer: Json, phase: Json) -> None:
    kept = items_of(subscription)
    changes = [
        {**_as_params(given), **({"id": kept[index]["id"]} if index < len(kept) else {})}
        for index, given in enumerate(phase["items"])
    ]
    changes += [{"id": item["id"], "deleted": True} for item in kept[len(phase["items"]) :]]
    params: Json = {"items": changes, "proration_behavior": phase["proration_behavior"]}
    if phase["billing_cycle_anchor"] == "phase_start":
        params["billing_cycle_anchor"] = {"type": "now"}
    invoice = change_items(work, subscription, customer, params)
    if invoice is not None and finalize(work, invoice):
        collect(work, invoice)


def _as_params(given: Json) -> Json:
    return {
        "price": given["price"],
        "quantity": given["quantity"],
        "metadata": given["metadata"],
        "tax_rates": [rate["id"] for rate in given["tax_rates"]],
    }
