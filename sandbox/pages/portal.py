"""The customer portal: card, plan, details, invoices."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sandbox.engine.cancelling import cancel_on, end_subscription, plan_cancel
from sandbox.engine.customers import add_tax_id, address_from
from sandbox.engine.items import period_of
from sandbox.engine.payment_methods import attach, make_card
from sandbox.engine.payments import confirm_by_customer
from sandbox.engine.settling import OVER
from sandbox.engine.time import customer_of
from sandbox.pages.cards import TEST_CARDS, message_of, read_card
from sandbox.pages.checkout import COUNTRIES
from sandbox.pages.forms import address_of, form_of
from sandbox.pages.locale import Speech, language_of
from sandbox.pages.rendering import go, page
from sandbox.server import Sandbox
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError, invalid

STATUS_LOOK = {
    "active": "good",
    "trialing": "good",
    "past_due": "bad",
    "unpaid": "bad",
    "incomplete": "warn",
    "paused": "warn",
}


class PortalPages:
    """Everything under `/p/session/TOKEN`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def show(self, request: Request) -> Response:
        """The portal, or the step of it that a flow or link leads to."""
        return await run_in_threadpool(self._show, request, request.path_params.get("step"), {})

    async def act(self, request: Request) -> Response:
        """A button was pressed."""
        form = await form_of(request)
        return await run_in_threadpool(self._act, request, form)

    def _show(
        self, request: Request, step: str | None, form: Mapping[str, str], **found: Any
    ) -> Response:
        with self._sandbox.work() as work:
            session = _session(work, request)
            if session is None:
                speech = Speech(language_of(request, None))
                return page(request, "gone.html", speech, status=410, text="portal_expired")
            speech = Speech(language_of(request, session["locale"]))
            customer = work.get("customer", session["customer"])
            values = _shown(work, session, customer)
            step = step or _first_step(session, values)
            extra: Json = {"errors": {}, "authenticate": False, "card_from": None, **found}
            return page(
                request,
                _template(step),
                speech,
                status=400 if extra["errors"] else 200,
                leads_to=(session["return_url"], _return_after(session)),
                form={**_details(customer), **form},
                step=step,
                wanted=_wanted(request, session),
                **values,
                **extra,
            )

    def _act(self, request: Request, form: Mapping[str, str]) -> Response:
        step = request.path_params.get("step") or ""
        here = f"/p/session/{request.path_params['token']}?lang=" + request.query_params.get(
            "lang", ""
        )
        errors: dict[str, str] = {}
        with self._sandbox.work() as work:
            session = _session(work, request)
            now = work.now
        if session is None:
            return self._show(request, None, form)
        if step == "card":
            entry = read_card(form, now=now)
            errors = entry.errors
            answer = form.get("authenticated")
            if not errors and entry.asks and answer is None:
                return self._show(request, step, form, authenticate=True)
            if not errors and entry.asks and answer != "yes":
                errors = {"card_number": "not_authenticated"}
        if errors:
            return self._show(request, step, form, errors=errors)
        try:
            with self._sandbox.work() as work:
                session = _session(work, request)
                assert session is not None
                customer = customer_of(work, session["customer"])
                _do(work, session, customer, step, form)
        except StripeError as error:
            name = "tax_id" if error.code == "tax_id_invalid" else "card_number"
            return self._show(request, step, form, errors={name: message_of(error)})
        return go(_return_after(session) or here)


def _session(work: Transaction, request: Request) -> Json | None:
    """The session of the address, as long as it lasts; `work.now` is its customer's time."""
    session = work.first(
        "billing_portal.session",
        "json_extract(body, '$._.token') = ?",
        (request.path_params["token"],),
    )
    if session is None:
        return None
    customer_of(work, session["customer"])
    return session if work.now < session["_"]["expires_at"] else None


def _first_step(session: Json, values: Mapping[str, Any]) -> str:
    """Where a session opens: at its flow's step until that is done."""
    kind = (session["flow"] or {}).get("type")
    if kind == "payment_method_update":
        return "card"
    if kind == "subscription_cancel":
        named = session["flow"]["subscription_cancel"]["subscription"]
        if any(each["id"] == named and not each["cancel_at"] for each in values["subscriptions"]):
            return "cancel"
    return "home"


def _wanted(request: Request, session: Json) -> str:
    flow = (session["flow"] or {}).get("subscription_cancel") or {}
    return request.query_params.get("subscription") or flow.get("subscription", "")


def _template(step: str) -> str:
    known = {"home", "card", "cancel", "details"}
    return f"portal_{step if step in known else 'home'}.html"


def _return_after(session: Json) -> str | None:
    """Where a flow leads once it is done."""
    after = (session["flow"] or {}).get("after_completion") or {}
    redirect = after.get("redirect") if after.get("type") == "redirect" else None
    return redirect["return_url"] if redirect else None


def _shown(work: Transaction, session: Json, customer: Json) -> dict[str, Any]:
    configuration = work.get("billing_portal.configuration", session["configuration"])
    of_customer = (customer["id"],)
    subscriptions = [
        each
        for each in work.select("subscription", "customer = ?", of_customer)
        if each["status"] not in OVER
    ]
    methods = work.select("payment_method", "customer = ?", of_customer)
    defaults = {customer["invoice_settings"]["default_payment_method"]}
    defaults |= {each["default_payment_method"] for each in subscriptions}
    return {
        "session": session,
        "customer": customer,
        "features": configuration["features"],
        "profile": configuration["business_profile"],
        "subscriptions": subscriptions,
        "products": {
            item["price"]["product"]: work.get("product", item["price"]["product"])
            for each in subscriptions
            for item in each["items"]["data"]
        },
        "methods": methods,
        "defaults": defaults,
        "invoices": [
            each
            for each in work.select(
                "invoice", "customer = ?", of_customer, order="seq DESC LIMIT 24"
            )
            if each["status"] != "draft"
        ],
        "tax_ids": work.select("tax_id", "customer = ?", of_customer),
        "look": STATUS_LOOK,
        "period_of": period_of,
        "countries": COUNTRIES,
        "test_cards": TEST_CARDS,
        "base": f"/p/session/{session['_']['token']}",
        "now": work.now,
    }


def _details(customer: Json) -> dict[str, str]:
    address = {name: text for name, text in (customer["address"] or {}).items() if text}
    return {**address, "name": customer["name"] or "", "email": customer["email"] or ""}


def _do(
    work: Transaction, session: Json, customer: Json, step: str, form: Mapping[str, str]
) -> None:
    features = work.get("billing_portal.configuration", session["configuration"])["features"]
    if step == "card" and features["payment_method_update"]["enabled"]:
        _new_card(work, customer, form)
    elif step == "default" and features["payment_method_update"]["enabled"]:
        method = work.get("payment_method", form.get("method", ""))
        if method["customer"] == customer["id"]:
            _make_default(work, customer, method)
    elif step == "details" and features["customer_update"]["enabled"]:
        _new_details(work, customer, form, features["customer_update"]["allowed_updates"])
    elif step in ("cancel", "resume") and features["subscription_cancel"]["enabled"]:
        subscription = work.get("subscription", form.get("subscription", ""))
        if subscription["customer"] != customer["id"] or subscription["status"] in OVER:
            raise invalid("This subscription cannot be changed here.")
        _change_plan(work, subscription, step, form, features["subscription_cancel"])
    else:
        raise invalid("The portal does not offer this.")


def _new_card(work: Transaction, customer: Json, form: Mapping[str, str]) -> None:
    entry = read_card(form, now=work.now)
    assert entry.card is not None
    method = make_card(work, entry.card, exp_month=entry.exp_month, exp_year=entry.exp_year)
    if form.get("authenticated") == "yes":
        confirm_by_customer(work, method)
        method["_"]["confirmed_once"] = False
    attach(work, method, customer)
    _make_default(work, customer, method)


def _make_default(work: Transaction, customer: Json, method: Json) -> None:
    """The card pays from now on, also for subscriptions that had another one."""
    customer["invoice_settings"]["default_payment_method"] = method["id"]
    work.save(customer)
    work.emit("customer.updated", customer)
    for subscription in work.select("subscription", "customer = ?", (customer["id"],)):
        if subscription["default_payment_method"] and subscription["status"] not in OVER:
            subscription["default_payment_method"] = method["id"]
            work.save(subscription)
            work.emit("customer.subscription.updated", subscription)


def _new_details(
    work: Transaction, customer: Json, form: Mapping[str, str], allowed: list[str]
) -> None:
    for name in ("name", "email"):
        if name in allowed and form.get(name):
            customer[name] = form[name].strip()
    if "address" in allowed:
        customer["address"] = address_from(address_of(form))
    work.save(customer)
    work.emit("customer.updated", customer)
    if "tax_id" in allowed and form.get("tax_id", "").strip():
        add_tax_id(work, customer, kind="eu_vat", value=form["tax_id"])


def _change_plan(
    work: Transaction, subscription: Json, step: str, form: Mapping[str, str], feature: Json
) -> None:
    if step == "resume":
        both = "cancel_at_period_end" if subscription["cancel_at_period_end"] else "cancel_at"
        plan_cancel(work, subscription, {both: False if both != "cancel_at" else ""})
    else:
        reasons = feature["cancellation_reason"]["options"]
        if form.get("reason") in reasons:
            subscription["cancellation_details"]["feedback"] = form["reason"]
        if feature["mode"] == "immediately":
            end_subscription(work, subscription, reason="cancellation_requested")
            return
        if subscription["billing_mode"]["type"] == "flexible":
            cancel_on(work, subscription, period_of(subscription)[1])
        else:
            plan_cancel(work, subscription, {"cancel_at_period_end": True})
    work.save(subscription)
    work.emit("customer.subscription.updated", subscription)
