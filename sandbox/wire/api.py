"""From an HTTP request to Stripe's answer."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.engine.clocks import Clocks
from sandbox.store.database import Database
from sandbox.store.identifiers import token
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.coverage import refuse_uncovered
from sandbox.wire.endpoints import Endpoint, Router
from sandbox.wire.errors import StripeError
from sandbox.wire.expand import copied, expand
from sandbox.wire.form import parse_form
from sandbox.wire.idempotency import Idempotency, Kept, fingerprint_of
from sandbox.wire.keys import check_key
from sandbox.wire.params import Node, read, read_struct
from sandbox.wire.versions import check_version, rendered

EXPAND = Node(item=Node(scalars=frozenset({str})))


@dataclass(frozen=True)
class Request:
    """What came over the wire; header names in lower case."""

    method: str
    path: str
    query: str = ""
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    body: Json
    headers: dict[str, str]


@dataclass(frozen=True)
class Call:
    """A request whose parameters were checked."""

    endpoint: Endpoint
    ids: Mapping[str, str]
    params: Json
    expanded: list[str]
    version: str
    request_id: str
    key: str | None = None


class Api:
    """Answers requests to `/v1`, each in one transaction."""

    def __init__(self, database: Database, clocks: Clocks, router: Router) -> None:
        self._database = database
        self._clocks = clocks
        self._router = router
        self._idempotency = Idempotency(database)
        self._run = int(database.remembered("runs", 0)) + 1
        self._requests = 0
        database.remember("runs", self._run)

    def answer(self, request: Request) -> Answer:
        """Stripe's answer, also to what makes no sense."""
        self._requests += 1
        numbered = f"{self._database.seed}:request:{self._run}"
        request_id = "req_" + token(numbered, self._requests, length=14)
        headers = {"Request-Id": request_id, "Stripe-Version": ""}
        try:
            check_key(request.headers.get("authorization"))
            version = check_version(request.headers.get("stripe-version"))
            headers["Stripe-Version"] = version
            status, body = self._work(request, request_id, version, headers)
            return Answer(status, body, headers)
        except StripeError as error:
            return Answer(error.status, error.body(), headers)

    def _work(
        self, request: Request, request_id: str, version: str, headers: dict[str, str]
    ) -> tuple[int, Json]:
        found = self._router.find(request.method, request.path)
        if found is None:
            raise _unknown_url(request)
        endpoint, ids = found
        form = parse_form("&".join(part for part in (request.query, request.body) if part))
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        if key is None:
            params, expanded = self._params(endpoint, form)
            call = Call(endpoint, ids, params, expanded, version, request_id)
            return self._run_endpoint(call)
        headers["Idempotency-Key"] = key
        mark = fingerprint_of(request.method, request.path, form)
        kept = self._idempotency.begin(key, mark, now=time.time())
        if kept is not None:
            headers |= {"Idempotent-Replayed": "true", "Original-Request": kept.request_id}
            return kept.status, kept.body
        try:
            params, expanded = self._params(endpoint, form)
            call = Call(endpoint, ids, params, expanded, version, request_id, key)
            status, body = self._run_endpoint(call)
            self._idempotency.keep(key, mark, Kept(request_id, status, body), now=time.time())
            return status, body
        finally:
            self._idempotency.end(key)

    def _params(self, endpoint: Endpoint, form: Json) -> tuple[Json, list[str]]:
        """The checked parameters, and what to expand."""
        expanded = read(EXPAND, form.pop("expand", []), "expand")
        params = read_struct(endpoint.node(), form)
        refuse_uncovered(endpoint.covered, params)
        return params, expanded

    def _run_endpoint(self, call: "Call") -> tuple[int, Json]:
        """Do the work of an endpoint; a declined card is an answer, and what it left is kept."""
        declined: StripeError | None = None
        moves: list[str] = []
        body: Any = None
        with self._transaction() as work:
            work.request = {"id": call.request_id, "idempotency_key": call.key}
            try:
                found = call.endpoint.handler(work, call.params, **call.ids)
                body = rendered(self._expanded(work, found, call.expanded), call.version)
            except StripeError as error:
                if not error.commits:
                    raise
                declined = error
            moves = work.clocks_to_move
        for clock in moves:
            self._clocks.advance_test_clock(clock)
        if declined is not None:
            return declined.status, declined.body()
        return 200, body

    def _expanded(self, work: Transaction, found: Json, paths: list[str]) -> Json:
        if not paths:
            return found
        copy = copied(found)
        assert copy is not None
        expand(work, copy, paths)
        return copy

    def _transaction(self) -> Any:
        now = self._clocks.now()
        return self._database.transaction(now=now, page_url=self._clocks.page_url)


def _unknown_url(request: Request) -> StripeError:
    return StripeError(
        f"Unrecognized request URL ({request.method}: {request.path}). This sandbox does not cover "
        "it; its README lists what it covers.",
        status=404,
    )
