"""How we ask Stripe: the key, retries, a rate limit, an open transaction (S1, S2)."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.kit.db import Database, configure_database, unit_of_work
from app.modules.billing.exceptions import (
    PaymentSystemBusy,
    PaymentSystemNotConfiguredError,
    PaymentSystemUnavailable,
)
from app.modules.billing.gateways import client
from app.modules.billing.settings import billing_settings

Answer = tuple[int, dict[str, str], str]
FINE: Answer = (200, {}, '{"id": "cus_1", "object": "customer"}')
SLOW_DOWN: Answer = (429, {"Retry-After": "3"}, '{"error": {"message": "slow down"}}')
BROKEN: Answer = (500, {}, '{"error": {"message": "boom"}}')


@dataclass
class Api:
    """Answers in turn, and remembers what was asked: path and idempotency key."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """A Stripe of a few answers, and this process configured to ask it."""
    told = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told.asked.append((self.path, self.headers.get("Idempotency-Key")))
            status, headers, body = told.answers.pop(0)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST  # noqa: N815 - the name that the base class calls

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_anything")
    monkeypatch.setenv("STRIPE_API_BASE", f"http://127.0.0.1:{server.server_port}")
    begin_anew()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()
    monkeypatch.undo()
    begin_anew()


def begin_anew() -> None:
    billing_settings.cache_clear()
    client.forget_client()


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept, instead of sleeping."""
    seconds: list[float] = []
    monkeypatch.setattr("time.sleep", seconds.append)
    return seconds


def make_customer() -> dict[str, object]:
    options = client.keyed("customer", 7)
    return client.ask(lambda stripe: stripe.v1.customers.create({}, options))  # type: ignore[arg-type]


def test_repeats_a_failed_call_with_the_same_key(api: Api, slept: list[float]) -> None:
    api.answers = [BROKEN, FINE]
    assert make_customer()["id"] == "cus_1"
    assert api.asked == [("/v1/customers", "tierline:customer:7")] * 2


def test_waits_as_long_as_a_rate_limit_says(api: Api, slept: list[float]) -> None:
    api.answers = [SLOW_DOWN, FINE]
    assert make_customer()["id"] == "cus_1"
    assert slept == [3]


def test_gives_up_on_a_rate_limit_that_lasts(api: Api, slept: list[float]) -> None:
    api.answers = [SLOW_DOWN] * 3
    with pytest.raises(PaymentSystemBusy) as refused:
        make_customer()
    assert refused.value.params == {"retry_after_s": 3}
    assert len(api.asked) == 3


def test_says_that_the_system_is_unavailable(api: Api, slept: list[float]) -> None:
    api.answers = [BROKEN] * 3
    with pytest.raises(PaymentSystemUnavailable):
        make_customer()
    assert len(api.asked) == 3


def test_walks_through_all_pages(api: Api) -> None:
    first = '{"object": "list", "data": [{"id": "a", "object": "customer"}], "has_more": true}'
    last = '{"object": "list", "data": [{"id": "b", "object": "customer"}], "has_more": false}'
    api.answers = [(200, {}, first), (200, {}, last)]
    found = client.ask_all(lambda stripe, page: stripe.v1.customers.list(page))
    assert [one["id"] for one in found] == ["a", "b"]
    assert [path for path, _ in api.asked] == [
        "/v1/customers?limit=100",
        "/v1/customers?limit=100&starting_after=a",
    ]


def test_asks_nothing_while_a_transaction_is_open(api: Api) -> None:
    configure_database(Database("sqlite://"))
    with unit_of_work(), pytest.raises(RuntimeError, match="a unit of work is open"):
        make_customer()
    assert api.asked == []


def test_says_that_payments_are_not_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRIPE_SECRET_KEY", raising=False)
    begin_anew()
    with pytest.raises(PaymentSystemNotConfiguredError):
        make_customer()
    begin_anew()
