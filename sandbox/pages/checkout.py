"""The hosted checkout page: plain forms, a card, and back to the shop."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sandbox.engine.checkouts import (
    Buyer,
    complete,
    must_be_open,
    needs_card,
    price_session,
    rehearse,
    session_customer,
    use_code,
)
from sandbox.engine.prices import product_name
from sandbox.engine.tax_table import STANDARD_VAT
from sandbox.pages.cards import TEST_CARDS, CardEntry, message_of, read_card
from sandbox.pages.forms import address_of, form_of
from sandbox.pages.locale import Speech, language_of
from sandbox.pages.rendering import go, page
from sandbox.server import Sandbox
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError

COUNTRIES = (*STANDARD_VAT, "CH", "GB", "US")


class CheckoutPages:
    """Shows and completes checkout sessions."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def show(self, request: Request) -> Response:
        """The page of a session."""
        return await run_in_threadpool(self._show, request, {})

    async def act(self, request: Request) -> Response:
        """A button was pressed: pay, apply a code, work out the total anew."""
        form = await form_of(request)
        return await run_in_threadpool(self._act_if_open, request, form)

    def _show(self, request: Request, form: Mapping[str, str], **found: Any) -> Response:
        with self._sandbox.work() as work:
            session = work.find(request.path_params["id"])
            if session is None or session["object"] != "checkout.session":
                speech = Speech(language_of(request, None))
                return page(request, "gone.html", speech, status=404, text="page_unknown")
            speech = Speech(language_of(request, session["locale"]))
            if session["status"] != "open":
                return self._closed(request, speech, session)
            customer = session_customer(work, session)
            shown = self._shown(work, session, customer, form)
            return page(
                request,
                "checkout.html",
                speech,
                status=400 if found.get("errors") else 200,
                leads_to=(session["success_url"], session["cancel_url"]),
                now=work.now,
                form={**_known(customer), **form},
                **{"errors": {}, "costs_more": False, "authenticate": False, **shown, **found},
            )

    def _closed(self, request: Request, speech: Speech, session: Json) -> Response:
        if session["status"] == "complete":
            return go(_after(session))
        return page(request, "gone.html", speech, status=410, text="session_expired")

    def _shown(
        self, work: Transaction, session: Json, customer: Json | None, form: Mapping[str, str]
    ) -> dict[str, Any]:
        country = form.get("country") or None
        invoice = rehearse(work, session, country=country)
        known = (customer or {}).get("address") or {}
        taxed = session["automatic_tax"]["enabled"]
        required = session["billing_address_collection"] == "required"
        return {
            "session": session,
            "customer": customer,
            "invoice": invoice,
            "lines": [_named(work, line) for line in invoice["lines"]["data"]],
            "later": _later(session, work),
            "asks_address": required or (taxed and not known.get("country")),
            "tax_unknown": taxed and not (country or known.get("country")),
            "asks_card": needs_card(session),
            "countries": COUNTRIES,
            "test_cards": TEST_CARDS,
            "cancel_url": session["cancel_url"],
        }

    def _act_if_open(self, request: Request, form: Mapping[str, str]) -> Response:
        """What was pressed, or how a session is shown that is unknown, paid or expired."""
        with self._sandbox.work() as work:
            session = work.find(request.path_params["id"]) or {}
            is_open = session.get("status") == "open"
        return self._act(request, form) if is_open else self._show(request, form)

    def _act(self, request: Request, form: Mapping[str, str]) -> Response:
        action = form.get("action", "pay")
        if action == "code":
            return self._apply_code(request, form)
        if action == "no_code":
            with self._sandbox.work() as work:
                session = work.get("checkout.session", request.path_params["id"])
                must_be_open(session)
                session["discounts"] = []
                price_session(work, session)
            return self._show(request, form)
        if action == "total":
            return self._show(request, form)
        return self._pay(request, form)

    def _apply_code(self, request: Request, form: Mapping[str, str]) -> Response:
        try:
            with self._sandbox.work() as work:
                session = work.get("checkout.session", request.path_params["id"])
                use_code(work, session, form.get("code", ""))
        except StripeError:
            return self._show(request, form, errors={"code": "code_invalid"})
        return self._show(request, form)

    def _pay(self, request: Request, form: Mapping[str, str]) -> Response:
        entry, errors = self._entered(request, form)
        if errors:
            return self._show(request, form, errors=errors)
        if self._costs_more(request, form):
            return self._show(request, form, costs_more=True)
        answer = form.get("authenticated")
        if entry.asks and answer is None:
            return self._show(request, form, authenticate=True)
        if entry.asks and answer != "yes":
            return self._show(request, form, errors={"card_number": "not_authenticated"})
        try:
            with self._sandbox.work() as work:
                session = work.get("checkout.session", request.path_params["id"])
                complete(work, session, _buyer(form, entry, authenticated=answer == "yes"))
                target = _after(session)
        except StripeError as error:
            if error.code == "checkout_session_not_open":
                return self._show(request, form)
            return self._show(request, form, errors=_placed(error))
        return go(target)

    def _costs_more(self, request: Request, form: Mapping[str, str]) -> bool:
        """Whether more is due than the page said when the button was pressed."""
        shown = form.get("shown_total", "")
        if not shown.isdigit():
            return False
        with self._sandbox.work() as work:
            session = work.get("checkout.session", request.path_params["id"])
            must_be_open(session)
            due = rehearse(work, session, country=form.get("country") or None)["amount_due"]
        return bool(due > int(shown))

    def _entered(
        self, request: Request, form: Mapping[str, str]
    ) -> tuple[CardEntry, dict[str, str]]:
        with self._sandbox.work() as work:
            session = work.get("checkout.session", request.path_params["id"])
            customer = session_customer(work, session)
            shown = self._shown(work, session, customer, form)
            now = work.now
        entry = read_card(form, now=now) if shown["asks_card"] else CardEntry()
        errors = dict(entry.errors)
        if customer is None and "@" not in form.get("email", ""):
            errors["email"] = "email_missing"
        if shown["asks_address"] and form.get("country") not in COUNTRIES:
            errors["country"] = "country_missing"
        return entry, errors


def _known(customer: Json | None) -> dict[str, str]:
    """What the form begins with."""
    address = (customer or {}).get("address") or {}
    known = {name: value for name, value in address.items() if value}
    known["name"] = (customer or {}).get("name") or ""
    return known


def _buyer(form: Mapping[str, str], entry: CardEntry, *, authenticated: bool) -> Buyer:
    return Buyer(
        email=form.get("email", "").strip(),
        name=form.get("name", "").strip(),
        address=address_of(form),
        tax_id=form.get("tax_id", "").strip(),
        card=entry.card,
        exp_month=entry.exp_month,
        exp_year=entry.exp_year,
        authenticated=authenticated,
    )


def _placed(error: StripeError) -> dict[str, str]:
    """An error beside the field that it is about."""
    code = error.code or ""
    if code == "tax_id_invalid":
        return {"tax_id": message_of(error)}
    if code == "customer_tax_location_invalid":
        return {"country": message_of(error)}
    return {"card_number": message_of(error)}


def _named(work: Transaction, line: Json) -> Json:
    """A line with the name of its product, which needs no translation."""
    price = line["_"]["price"]
    return {**line, "name": product_name(work, price) if price else line["description"]}


def _later(session: Json, work: Transaction) -> Json:
    """What will be charged after a trial: whole periods, before tax and discount."""
    prices = [(work.get("price", item["price"]), item) for item in session["_"]["items"]]
    first = prices[0][0]
    data = session["_"]["subscription_data"]
    days = data.get("trial_period_days")
    end = data.get("trial_end") or (work.now + days * 86_400 if days else None)
    return {
        "amount": sum(price["unit_amount"] * item["quantity"] for price, item in prices),
        "currency": first["currency"],
        "price": first,
        "trial_end": end,
        "trial_days": None if end is None else max(1, round((end - work.now) / 86_400)),
    }


def _after(session: Json) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])
