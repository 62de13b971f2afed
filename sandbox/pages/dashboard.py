"""The sandbox's own page: clocks with buttons, customers, subscriptions, events, deliveries."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sandbox.engine.calendar import days_later
from sandbox.engine.clocks import start_advance
from sandbox.engine.items import items_of, period_of
from sandbox.pages.forms import form_of
from sandbox.pages.locale import Speech, language_of
from sandbox.pages.portal import STATUS_LOOK
from sandbox.pages.rendering import go, page
from sandbox.server import Sandbox
from sandbox.store.json_values import Json, public
from sandbox.store.transaction import Transaction
from sandbox.wire.errors import StripeError

PAGE = 50
LISTS = {
    "customers": "customer",
    "subscriptions": "subscription",
    "invoices": "invoice",
    "events": "event",
}
STEPS = {"day": 1, "week": 7, "month": 30}


class DashboardPages:
    """Everything under `/`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def show(self, request: Request) -> Response:
        """A list, or the overview."""
        return await run_in_threadpool(self._show, request)

    async def show_object(self, request: Request) -> Response:
        """One object as JSON; of an event also its deliveries."""
        return await run_in_threadpool(self._show_object, request)

    async def move(self, request: Request) -> Response:
        """A clock button was pressed."""
        form = await form_of(request)
        return await run_in_threadpool(self._move, request, form)

    async def resend(self, request: Request) -> Response:
        """Deliver an event again, to every endpoint that had it."""
        return await run_in_threadpool(self._resend, request)

    def _show(self, request: Request, problem: str | None = None) -> Response:
        speech = Speech(language_of(request, None))
        name = request.path_params.get("list", "overview")
        with self._sandbox.work() as work:
            values: dict[str, Any] = {
                "tab": name,
                "tabs": ("overview", *LISTS),
                "look": STATUS_LOOK,
                "period_of": period_of,
                "items_of": items_of,
                "problem": problem,
            }
            if name in LISTS:
                rows = _page(work, LISTS[name], request.query_params.get("before"))
                values |= {"rows": rows[:PAGE], "more": len(rows) > PAGE}
                return page(request, "dashboard_list.html", speech, **values)
            values |= {
                "clock": self._sandbox.clocks.state(),
                "next_due": work.earliest_due(""),
                "test_clocks": work.select("test_helpers.test_clock"),
                "counts": {each: work.count(kind) for each, kind in LISTS.items()},
                "waiting": self._sandbox.postman.undelivered(),
                "events": work.select("event", order="seq DESC LIMIT 12"),
                "endpoints": work.select("webhook_endpoint"),
            }
            return page(request, "dashboard.html", speech, **values)

    def _show_object(self, request: Request) -> Response:
        speech = Speech(language_of(request, None))
        with self._sandbox.work() as work:
            found = work.find(request.path_params["id"])
            if found is None:
                return page(request, "gone.html", speech, status=404, text="page_unknown")
            shown = public(found)
            if found["object"] == "webhook_endpoint":
                shown.pop("secret")
            deliveries = _deliveries(work, found["id"])
            return page(
                request,
                "dashboard_object.html",
                speech,
                found=found,
                text=json.dumps(shown, indent=2, ensure_ascii=False),
                deliveries=deliveries,
                tab="",
                tabs=("overview", *LISTS),
            )

    def _move(self, request: Request, form: Mapping[str, str]) -> Response:
        try:
            self._advance(form.get("clock", ""), form.get("step", "day"))
        except StripeError as error:
            return self._show(request, problem=str(error))
        self._sandbox.clocks.wait()
        return go("/")

    def _advance(self, clock_id: str, step: str) -> None:
        with self._sandbox.work() as work:
            clock = work.find(clock_id) if clock_id else None
            now = clock["frozen_time"] if clock else self._sandbox.clocks.now()
            due = work.earliest_due(clock_id)
            target = due if step == "next" and due is not None else None
            target = target or days_later(now, STEPS.get(step, 1))
            if clock is not None:
                start_advance(work, clock, max(target, now + 1))
        if clock_id:
            self._sandbox.clocks.advance_test_clock(clock_id)
        else:
            self._sandbox.clocks.advance_account(max(target, now + 1))

    def _resend(self, request: Request) -> Response:
        event_id = request.path_params["id"]
        with self._sandbox.database.rows() as rows:
            rows.execute(
                "UPDATE delivery SET state = 'waiting', attempts = 0, due_at = 0"
                " WHERE event_id = ?",
                (event_id,),
            )
        self._sandbox.postman.wake()
        return go(f"/objects/{event_id}")


def _page(work: Transaction, kind: str, before: str | None) -> list[Json]:
    where, values = "", []
    if before:
        where, values = "seq < (SELECT seq FROM object WHERE id = ?)", [before]
    return work.select(kind, where, values, order=f"seq DESC LIMIT {PAGE + 1}")


def _deliveries(work: Transaction, event_id: str) -> list[tuple[Any, ...]]:
    return work.connection.execute(
        "SELECT endpoint_id, state, attempts, response_status, last_error, api_version"
        " FROM delivery WHERE event_id = ? ORDER BY id",
        (event_id,),
    ).fetchall()
