"""The hosted invoice: what is owed, a way to pay it, and the PDF."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sandbox.engine.payment_methods import attach, card_behind, make_card, method_for
from sandbox.engine.payments import confirm_by_customer
from sandbox.engine.settling import collect, subscription_of
from sandbox.engine.time import customer_of
from sandbox.pages.cards import TEST_CARDS, CardEntry, message_of, read_card
from sandbox.pages.forms import form_of
from sandbox.pages.locale import Speech, language_of
from sandbox.pages.pdf import invoice_pdf
from sandbox.pages.rendering import go, page
from sandbox.server import Sandbox
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError

LOOK = {"paid": "good", "open": "warn", "void": "quiet", "uncollectible": "bad", "draft": "quiet"}


class InvoicePages:
    """Everything under `/i/TOKEN`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def show(self, request: Request) -> Response:
        """The invoice."""
        return await run_in_threadpool(self._show, request, {})

    async def pay(self, request: Request) -> Response:
        """Pay with the saved card or with a new one."""
        form = await form_of(request)
        return await run_in_threadpool(self._pay, request, form)

    async def pdf(self, request: Request) -> Response:
        """The invoice as a file."""
        return await run_in_threadpool(self._pdf, request)

    def _show(self, request: Request, form: Mapping[str, str], **found: Any) -> Response:
        with self._sandbox.work() as work:
            invoice = _find(work, request)
            if invoice is None:
                return _unknown(request)
            customer = customer_of(work, invoice["customer"])
            saved = method_for(work, customer=customer, subscription=subscription_of(work, invoice))
            speech = Speech(language_of(request, _preferred(customer)))
            extra: Json = {"errors": {}, "authenticate": False, **found}
            return page(
                request,
                "invoice.html",
                speech,
                status=400 if extra["errors"] else 200,
                invoice=invoice,
                customer=customer,
                saved=saved,
                look=LOOK,
                form=form,
                test_cards=TEST_CARDS,
                **extra,
            )

    def _pay(self, request: Request, form: Mapping[str, str]) -> Response:
        with self._sandbox.work() as work:
            invoice = _find(work, request)
            if invoice is None:
                return _unknown(request)
            customer = customer_of(work, invoice["customer"])
            saved = method_for(work, customer=customer, subscription=subscription_of(work, invoice))
            now = work.now
        uses_saved = form.get("use") == "saved" and saved is not None
        entry = CardEntry() if uses_saved else read_card(form, now=now)
        if entry.errors:
            return self._show(request, form, errors=entry.errors)
        answer = form.get("authenticated")
        asks = _asks(saved) if uses_saved else entry.asks
        if asks and answer is None:
            return self._show(request, form, authenticate=True)
        if asks and answer != "yes":
            return self._show(request, form, errors={"card_number": "not_authenticated"})
        problem = self._collect(
            request, entry, saved_id=saved["id"] if saved and uses_saved else None
        )
        if problem:
            return self._show(request, form, errors={"card_number": problem})
        return go(str(request.url.path) + f"?lang={request.query_params.get('lang', '')}")

    def _collect(self, request: Request, entry: CardEntry, *, saved_id: str | None) -> str | None:
        """Take the money; the key of the text that says why not."""
        try:
            with self._sandbox.work() as work:
                invoice = _find(work, request)
                if invoice is None or invoice["status"] not in ("open", "uncollectible"):
                    return None
                customer = customer_of(work, invoice["customer"])
                if saved_id is not None:
                    method = work.get("payment_method", saved_id)
                else:
                    assert entry.card is not None
                    method = make_card(
                        work, entry.card, exp_month=entry.exp_month, exp_year=entry.exp_year
                    )
                if entry.asks or saved_id is not None:
                    confirm_by_customer(work, method)
                attach(work, method, customer)
                result = collect(work, invoice, method=method, on_session=True, automatic=False)
                if result is not None and result.refusal is not None:
                    reason = result.refusal
                    return message_of(
                        StripeError(
                            reason.message,
                            code=reason.code,
                            more={"decline_code": reason.decline_code},
                        )
                    )
        except StripeError as error:
            return message_of(error)
        return None

    def _pdf(self, request: Request) -> Response:
        with self._sandbox.work() as work:
            invoice = _find(work, request)
            if invoice is None:
                return _unknown(request)
            customer = customer_of(work, invoice["customer"])
            speech = Speech(language_of(request, _preferred(customer)))
        name = f"invoice-{invoice['number']}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(invoice_pdf(invoice, speech), media_type="application/pdf", headers=headers)


def _find(work: Transaction, request: Request) -> Json | None:
    token = request.path_params["token"]
    return work.first("invoice", "json_extract(body, '$._.token') = ?", (token,))


def _unknown(request: Request) -> Response:
    speech = Speech(language_of(request, None))
    return page(request, "gone.html", speech, status=404, text="page_unknown")


def _preferred(customer: Json) -> str | None:
    locales = customer.get("preferred_locales") or []
    return locales[0] if locales else None


def _asks(method: Json | None) -> bool:
    return method is not None and card_behind(method).authenticates != "never"
