"""Checkout sessions: the way to a hosted page on which a customer subscribes."""

from sandbox.contract.skeleton import blank
from sandbox.engine.checkouts import expire_session, must_be_open, price_session
from sandbox.engine.items import quantity_of
from sandbox.engine.prices import inline_price
from sandbox.engine.subscribing import trial_end_of
from sandbox.engine.time import follow_clock
from sandbox.resources.subscriptions import PRICE_DATA
from sandbox.store.json_values import HIDDEN, Json, hidden
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid, missing_param, not_covered
from sandbox.wire.expand import includable
from sandbox.wire.lists import PAGING, Filter, limit_of, list_of, list_page
from sandbox.wire.metadata import merged_metadata

PATH = "/v1/checkout/sessions"
SUBSCRIPTION_DATA = (
    "subscription_data{billing_cycle_anchor billing_mode{type} default_tax_rates description"
    " metadata proration_behavior trial_end trial_period_days"
    " trial_settings{end_behavior{missing_payment_method}}}"
)
SHORTEST, USUAL = 30 * 60, 24 * 3600


@endpoint(
    "POST",
    PATH,
    "checkout.SessionCreateParams",
    covers="allow_promotion_codes automatic_tax{enabled} billing_address_collection cancel_url"
    " client_reference_id custom_text{submit{message}} customer customer_email"
    " customer_update{address name} discounts{coupon promotion_code} expires_at"
    f" line_items{{price {PRICE_DATA} quantity tax_rates}} locale metadata mode"
    f" payment_method_collection {SUBSCRIPTION_DATA} success_url tax_id_collection{{enabled}}",
)
def create_session(work: Transaction, params: Json) -> Json:
    """A session with the address of its page; only subscriptions are sold here."""
    _check(work, params)
    if customer := work.find(params.get("customer")):
        follow_clock(work, customer)
    session = blank(
        "checkout.session",
        work.new_id("checkout.session"),
        allow_promotion_codes=params.get("allow_promotion_codes"),
        automatic_tax=_automatic_tax(params),
        billing_address_collection=params.get("billing_address_collection"),
        cancel_url=params.get("cancel_url"),
        client_reference_id=params.get("client_reference_id"),
        created=work.now,
        custom_fields=[],
        custom_text={
            "after_submit": None,
            "shipping_address": None,
            "submit": params.get("custom_text", {}).get("submit") or None,
            "terms_of_service_acceptance": None,
        },
        customer=params.get("customer"),
        customer_email=params.get("customer_email"),
        discounts=[
            {"coupon": None, "promotion_code": None} | each for each in params.get("discounts", [])
        ],
        expires_at=_expiry(work, params),
        locale=params.get("locale"),
        metadata=merged_metadata({}, params.get("metadata", {})),
        mode="subscription",
        payment_method_collection=params.get("payment_method_collection", "always"),
        payment_method_options={"card": {"request_three_d_secure": "automatic"}},
        payment_method_types=["card"],
        payment_status="unpaid",
        phone_number_collection={"enabled": False},
        shipping_options=[],
        status="open",
        success_url=params["success_url"],
        tax_id_collection={
            "enabled": params.get("tax_id_collection", {}).get("enabled", False),
            "required": "never",
        },
        ui_mode="hosted_page",
    )
    session["url"] = f"{work.page_url}/c/pay/{session['id']}"
    session[HIDDEN] = _request(work, params, customer)
    work.add(session)
    price_session(work, session)
    return session


def _check(work: Transaction, params: Json) -> None:
    if params.get("mode") != "subscription":
        raise not_covered("mode", params.get("mode", ""))
    for name in ("line_items", "success_url"):
        if not params.get(name):
            raise missing_param(name)
    if "customer" in params:
        work.get("customer", params["customer"], param="customer")
        if "customer_email" in params:
            raise invalid(
                "You may only specify one of these parameters: customer, customer_email.",
                param="customer_email",
            )
    elif "customer_update" in params:
        raise invalid(
            "`customer_update` can only be used with `customer`.", param="customer_update"
        )
    if params.get("allow_promotion_codes") and params.get("discounts"):
        raise invalid(
            "You may only specify one of these parameters: allow_promotion_codes, discounts.",
            param="allow_promotion_codes",
        )


def _automatic_tax(params: Json) -> Json:
    enabled = params.get("automatic_tax", {}).get("enabled", False)
    return {
        "enabled": enabled,
        "liability": {"account": None, "type": "self"} if enabled else None,
        "provider": "stripe" if enabled else None,
        "status": "requires_location_inputs" if enabled else None,
    }


def _expiry(work: Transaction, params: Json) -> int:
    at: int = params.get("expires_at", work.now + USUAL)
    if not work.now + SHORTEST <= at <= work.now + USUAL:
        raise invalid(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.",
            param="expires_at",
        )
    return at


def _request(work: Transaction, params: Json, customer: Json | None) -> Json:
    """What the session will ask the engine for once it is paid."""
    items: list[Json] = []
    extras: list[Json] = []
    for index, given in enumerate(params["line_items"]):
        param = f"line_items[{index}]"
        item = {"price": _price(work, given, param=param), "quantity": given.get("quantity")}
        if item["quantity"] is None:
            raise missing_param(f"{param}[quantity]")
        quantity_of(item, param=param)
        if "tax_rates" in given:
            item["tax_rates"] = given["tax_rates"]
        recurring = work.get("price", item["price"])["recurring"]
        (items if recurring else extras).append(item)
    if not items:
        raise invalid(
            "You must provide at least one recurring price in `subscription` mode.",
            param="line_items",
        )
    data = dict(params.get("subscription_data", {}))
    _check_trial(work, data)
    return {
        "clock": (customer or {}).get("test_clock") or "",
        "customer_update": params.get("customer_update", {}),
        "extras": extras,
        "items": items,
        "lines": [],
        "subscription_data": data,
    }


def _check_trial(work: Transaction, data: Json) -> None:
    """A trial of a session must last two days at least (Stripe: checkout/sessions/create)."""
    wanted: Json = {name: data[name] for name in ("trial_end", "trial_period_days") if name in data}
    end = trial_end_of(work, {}, wanted)
    if "trial_end" in data and end is not None and end < work.now + 2 * 86_400:
        raise invalid(
            "The `trial_end` date has to be at least 2 days in the future.",
            param="subscription_data[trial_end]",
        )


def _price(work: Transaction, given: Json, *, param: str) -> str:
    if "price" in given:
        price = work.get("price", given["price"], param=f"{param}[price]")
        if not price["active"]:
            raise invalid(
                f"The price specified is inactive: {price['id']}", param=f"{param}[price]"
            )
        return str(price["id"])
    if "price_data" not in given:
        raise missing_param(f"{param}[price]")
    price = inline_price(work, given["price_data"], param=f"{param}[price_data]")
    price["active"] = True
    return str(work.save(price)["id"])


@endpoint("GET", PATH + "/{id}", "checkout.SessionRetrieveParams")
def retrieve_session(work: Transaction, _params: Json, object_id: str) -> Json:
    """One session."""
    return work.get("checkout.session", object_id)


@endpoint("POST", PATH + "/{id}", "checkout.SessionUpdateParams", covers="metadata")
def update_session(work: Transaction, params: Json, object_id: str) -> Json:
    """Change the metadata of a session that is still open."""
    session = work.get("checkout.session", object_id)
    must_be_open(session)
    session["metadata"] = merged_metadata(session["metadata"], params.get("metadata", {}))
    return work.save(session)


@endpoint("POST", PATH + "/{id}/expire", "checkout.SessionExpireParams")
def expire(work: Transaction, _params: Json, object_id: str) -> Json:
    """Close a session before its time."""
    session = work.get("checkout.session", object_id)
    follow_clock(work, work.find(session["customer"]) or {})
    return expire_session(work, session)


@endpoint("GET", PATH + "/{id}/line_items", "checkout.SessionLineItemListParams", covers="limit")
def list_session_lines(work: Transaction, params: Json, object_id: str) -> Json:
    """What is sold in a session."""
    lines = hidden(work.get("checkout.session", object_id))["lines"]
    limit = limit_of(params)
    url = f"{PATH}/{object_id}/line_items"
    return list_of(lines[:limit], url=url, has_more=len(lines) > limit)


@endpoint(
    "GET",
    PATH,
    "checkout.SessionListParams",
    covers=f"{PAGING} created customer customer_details{{email}} status subscription",
)
def list_sessions(work: Transaction, params: Json) -> Json:
    """Sessions, newest first."""
    found = Filter().column(params, "customer", "subscription").equal(params, "status")
    found.times(params, "created")
    if email := params.get("customer_details", {}).get("email"):
        found.where("json_extract(body, '$.customer_details.email') = ?", email)
    return list_page(work, "checkout.session", params, url=PATH, found=found)


@includable("checkout.session", "line_items")
def _line_items(work: Transaction, session: Json) -> Json:
    stored = work.get("checkout.session", session["id"])
    return list_of(hidden(stored)["lines"], url=f"{PATH}/{session['id']}/line_items")
