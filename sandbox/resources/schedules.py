"""Subscription schedules: what changes later."""

from sandbox.engine.schedules import (
    cancel_schedule,
    must_run,
    release,
    schedule_from_subscription,
    set_phases,
)
from sandbox.engine.time import customer_of
from sandbox.resources.subscriptions import DISCOUNTS, ITEM
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import missing_param, not_covered
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata

PATH = "/v1/subscription_schedules"
PHASE = (
    f"phases{{items{{{ITEM}}} automatic_tax{{enabled}} billing_cycle_anchor collection_method"
    f" default_payment_method default_tax_rates description {DISCOUNTS}"
    " duration{interval interval_count} end_date metadata proration_behavior start_date trial_end}"
)


@endpoint("POST", PATH, "SubscriptionScheduleCreateParams", covers="from_subscription metadata")
def create_schedule(work: Transaction, params: Json) -> Json:
    """A schedule that begins with what a subscription does now."""
    if "from_subscription" not in params:
        raise missing_param("from_subscription")
    subscription = work.get("subscription", params["from_subscription"], param="from_subscription")
    customer_of(work, subscription["customer"])
    schedule = schedule_from_subscription(work, subscription)
    schedule["metadata"] = merged_metadata({}, params.get("metadata", {}))
    return work.save(schedule)


@endpoint("GET", PATH + "/{id}", "SubscriptionScheduleRetrieveParams")
def retrieve_schedule(work: Transaction, _params: Json, object_id: str) -> Json:
    """One schedule."""
    return work.get("subscription_schedule", object_id)


@endpoint(
    "POST",
    PATH + "/{id}",
    "SubscriptionScheduleUpdateParams",
    covers=f"end_behavior metadata {PHASE}",
)
def update_schedule(work: Transaction, params: Json, object_id: str) -> Json:
    """Set what comes after the current phase."""
    schedule = _schedule(work, object_id)
    must_run(schedule, "update")
    if "end_behavior" in params:
        schedule["end_behavior"] = _end_behavior(params["end_behavior"])
    if "metadata" in params:
        schedule["metadata"] = merged_metadata(schedule["metadata"], params["metadata"])
    if "phases" in params:
        set_phases(work, schedule, params["phases"])
    work.save(schedule)
    work.emit("subscription_schedule.updated", schedule)
    return schedule


def _end_behavior(wanted: str) -> str:
    if wanted not in ("release", "cancel"):
        raise not_covered("end_behavior", wanted)
    return wanted


@endpoint("POST", PATH + "/{id}/release", "SubscriptionScheduleReleaseParams")
def release_schedule(work: Transaction, _params: Json, object_id: str) -> Json:
    """Let the subscription go on without its schedule."""
    return release(work, _schedule(work, object_id))


@endpoint("POST", PATH + "/{id}/cancel", "SubscriptionScheduleCancelParams")
def cancel(work: Transaction, _params: Json, object_id: str) -> Json:
    """End schedule and subscription at once."""
    return cancel_schedule(work, _schedule(work, object_id))


def _schedule(work: Transaction, schedule_id: str) -> Json:
    schedule = work.get("subscription_schedule", schedule_id)
    customer_of(work, schedule["customer"])
    return schedule


@endpoint(
    "GET",
    PATH,
    "SubscriptionScheduleListParams",
    covers=f"{PAGING} canceled_at completed_at created customer released_at scheduled",
)
def list_schedules(work: Transaction, params: Json) -> Json:
    """Schedules, newest first."""
    found = Filter().column(params, "customer")
    found.times(params, "created", "canceled_at", "completed_at", "released_at")
    if "scheduled" in params:
        sign = "=" if params["scheduled"] else "!="
        found.where(f"json_extract(body, '$.status') {sign} 'not_started'")
    return list_page(work, "subscription_schedule", params, url=PATH, found=found)
