"""Subscriptions: create, change, cancel, resume."""

from sandbox.engine.cancelling import credit_unused, end_subscription
from sandbox.engine.invoice_lines import sweep_pending
from sandbox.engine.invoices import draft_invoice, finalize, keep_draft
from sandbox.engine.resuming import resume
from sandbox.engine.settling import OVER, collect
from sandbox.engine.subscribing import subscribe
from sandbox.engine.time import customer_of
from sandbox.engine.updating import update_subscription
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import missing_param, resource_missing
from sandbox.wire.lists import PAGING, Filter, list_page

RECURRING = "recurring{interval interval_count}"
PRICE_DATA = f"price_data{{currency product unit_amount tax_behavior {RECURRING}}}"
ITEM = f"price {PRICE_DATA} quantity metadata tax_rates"
DISCOUNTS = "discounts{coupon promotion_code discount}"
SHARED = (
    "automatic_tax{enabled} cancel_at cancel_at_period_end collection_method days_until_due"
    f" default_payment_method default_tax_rates description {DISCOUNTS}"
    " invoice_settings{description footer} metadata payment_behavior"
    " payment_settings{save_default_payment_method}"
    " proration_behavior trial_end trial_settings{end_behavior{missing_payment_method}}"
)
EXTRA = "add_invoice_items{price price_data{currency product unit_amount tax_behavior} quantity}"


@endpoint(
    "POST",
    "/v1/subscriptions",
    "SubscriptionCreateParams",
    covers=f"customer items{{{ITEM}}} {SHARED} {EXTRA} billing_cycle_anchor billing_mode{{type}}"
    " currency off_session trial_from_plan trial_period_days",
)
def create_subscription(work: Transaction, params: Json) -> Json:
    """Subscribe a customer and try to take the first payment."""
    if "customer" not in params:
        raise missing_param("customer")
    customer = customer_of(work, params["customer"])
    return subscribe(work, customer, params, on_session=not params.get("off_session", False))


@endpoint("GET", "/v1/subscriptions/{id}", "SubscriptionRetrieveParams")
def retrieve_subscription(work: Transaction, _params: Json, object_id: str) -> Json:
    """One subscription, also a cancelled one."""
    return work.get("subscription", object_id)


@endpoint(
    "POST",
    "/v1/subscriptions/{id}",
    "SubscriptionUpdateParams",
    covers=f"items{{id deleted {ITEM}}} {SHARED} billing_cycle_anchor{{type}}"
    " cancellation_details{comment feedback} off_session"
    " pause_collection{behavior resumes_at} proration_date",
)
def change_subscription(work: Transaction, params: Json, object_id: str) -> Json:
    """Change a subscription; what changes in what is billed is prorated."""
    subscription = work.get("subscription", object_id)
    customer = customer_of(work, subscription["customer"])
    on_session = not params.get("off_session", False)
    return update_subscription(work, subscription, customer, params, on_session=on_session)


@endpoint(
    "DELETE",
    "/v1/subscriptions/{id}",
    "SubscriptionCancelParams",
    covers="cancellation_details{comment feedback} invoice_now prorate",
)
def cancel_subscription(work: Transaction, params: Json, object_id: str) -> Json:
    """End a subscription at once, with a credit and a last invoice if wanted."""
    subscription = work.get("subscription", object_id)
    if subscription["status"] in OVER:
        raise resource_missing("subscription", object_id)
    customer = customer_of(work, subscription["customer"])
    subscription["cancellation_details"] |= params.get("cancellation_details", {})
    if params.get("prorate"):
        credit_unused(work, subscription, customer, at=work.now)
    if params.get("invoice_now"):
        _last_invoice(work, subscription, customer)
    end_subscription(work, subscription, reason="cancellation_requested")
    return subscription


def _last_invoice(work: Transaction, subscription: Json, customer: Json) -> None:
    invoice = draft_invoice(
        work,
        customer,
        currency=subscription["currency"],
        reason="manual",
        subscription=subscription,
    )
    if sweep_pending(work, invoice, subscription=subscription["id"]):
        keep_draft(work, invoice, advance_at=None)
        subscription["latest_invoice"] = invoice["id"]
        if finalize(work, invoice):
            collect(work, invoice)


@endpoint(
    "POST",
    "/v1/subscriptions/{id}/resume",
    "SubscriptionResumeParams",
    covers="billing_cycle_anchor{type}",
)
def resume_subscription(work: Transaction, params: Json, object_id: str) -> Json:
    """Start a paused subscription again."""
    subscription = work.get("subscription", object_id)
    customer = customer_of(work, subscription["customer"])
    return resume(work, subscription, customer, params)


@endpoint(
    "GET",
    "/v1/subscriptions",
    "SubscriptionListParams",
    covers=f"{PAGING} collection_method created customer price status test_clock",
)
def list_subscriptions(work: Transaction, params: Json) -> Json:
    """Subscriptions, newest first; cancelled ones only when asked for."""
    found = Filter().column(params, "customer").equal(params, "collection_method")
    found.times(params, "created")
    status = params.get("status")
    if status is None:
        found.where("json_extract(body, '$.status') != 'canceled'")
    elif status == "ended":
        found.where("json_extract(body, '$.ended_at') IS NOT NULL")
    elif status != "all":
        found.where("json_extract(body, '$.status') = ?", status)
    if "price" in params:
        found.where(
            "EXISTS (SELECT 1 FROM json_each(body, '$.items.data') AS item"
            " WHERE json_extract(item.value, '$.price.id') = ?)",
            params["price"],
        )
    if "test_clock" in params:
        found.where("clock = ?", params["test_clock"])
    elif "customer" not in params:
        found.where("clock = ''")
    return list_page(work, "subscription", params, url="/v1/subscriptions", found=found)
