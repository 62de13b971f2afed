"""A running sandbox with the real SDK, a webhook receiver and a browser without scripts."""

import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import httpx
import stripe

from sandbox.serve import RunningSandbox, start_in_thread
from sandbox.server import Settings

NOW = 1_790_000_000
DAY = 86_400
KEY = "sk_test_51SandboxOfTests"
SECRET = "whsec_of_the_tests"


class Receiver:
    """Takes webhooks and keeps them; answers with what `answers` says next, then with 200."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.signatures: list[str] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                receiver.bodies.append(self.rfile.read(int(self.headers["content-length"])))
                receiver.signatures.append(self.headers["stripe-signature"])
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Tests are quiet."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def events(self) -> list[stripe.Event]:
        """What came, verified by the SDK."""
        return [
            stripe.Webhook.construct_event(body, signature, SECRET)
            for body, signature in zip(self.bodies, self.signatures, strict=True)
        ]

    def types(self) -> list[str]:
        """The types of what came, in order."""
        return [event.type for event in self.events()]

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@dataclass
class World:
    """The sandbox and what is needed to use it."""

    running: RunningSandbox
    receiver: Receiver
    v1: Any
    """The SDK's services at the sandbox."""
    http: httpx.Client
    """HTTP with a key, without the SDK."""

    def settle(self) -> None:
        """Wait until clocks stand and webhooks are delivered."""
        self.running.sandbox.settle()

    def clock(self, at: int = NOW) -> str:
        """A test clock."""
        return str(self.v1.test_helpers.test_clocks.create({"frozen_time": at}).id)

    def advance(self, clock: str, to: int) -> None:
        """Move a test clock and wait until it is there."""
        self.v1.test_helpers.test_clocks.advance(clock, {"frozen_time": to})
        self.settle()

    def price(self, amount: int = 2900, *, interval: str = "month", **params: Any) -> str:
        """A recurring price in euros."""
        product = self.v1.products.create({"name": f"Plan {amount}"})
        given = {"product": product.id, "currency": "eur", "unit_amount": amount}
        given["recurring"] = {"interval": interval}
        return str(self.v1.prices.create(given | params).id)

    def customer(self, *, card: str | None = "pm_card_visa", **params: Any) -> str:
        """A customer, with a saved card unless told otherwise."""
        given: dict[str, Any] = {"email": "owner@shop.test", "name": "Shop"}
        if card:
            given |= {
                "payment_method": card,
                "invoice_settings": {"default_payment_method": card},
            }
        return str(self.v1.customers.create(given | params).id)

    def subscribed(self, *, clock: str | None = None, amount: int = 2900, **params: Any) -> Any:
        """A subscription of a new customer to a monthly price."""
        more = {"test_clock": clock} if clock else {}
        given = {"customer": self.customer(**more), "items": [{"price": self.price(amount)}]}
        return self.v1.subscriptions.create(given | params)


@contextmanager
def sdk(url: str) -> Iterator[Any]:
    """The services of the real SDK, pointed at a sandbox."""
    http: Any = stripe.RequestsClient()
    addresses: Any = {"api": url}
    try:
        yield stripe.StripeClient(KEY, base_addresses=addresses, http_client=http).v1
    finally:
        http.close()


@contextmanager
def a_world(settings: Settings | None = None) -> Iterator[World]:
    """A sandbox of its own whose account time stands still."""
    chosen = replace(settings or Settings(seed="tests"), system=lambda: float(NOW))
    running = start_in_thread(chosen)
    receiver = Receiver()
    running.sandbox.add_webhook(receiver.url, secret=SECRET)
    headers = {"Authorization": f"Bearer {KEY}"}
    try:
        with (
            sdk(running.url) as v1,
            httpx.Client(base_url=running.url, headers=headers, timeout=60) as http,
        ):
            yield World(running, receiver, v1, http)
    finally:
        running.stop()
        receiver.close()


class Browser:
    """Opens pages and sends their forms, as a browser without scripts does."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, headers={"Origin": url}, timeout=60)
        self.page: httpx.Response | None = None

    def open(self, url: str) -> str:
        """The text of a page."""
        self.page = self._http.get(url, headers={"Accept-Language": "en"})
        return self.text

    @property
    def text(self) -> str:
        """The page at hand, without tags."""
        assert self.page is not None
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page.text)).split())

    def send(self, to: str | None = None, /, **fields: str) -> httpx.Response:
        """Send a form to the page's own address or to another; redirects are not followed."""
        assert self.page is not None
        self.page = self._http.post(to or str(self.page.url), data=fields)
        return self.page

    def pay(self, number: str = "4242424242424242", **more: str) -> httpx.Response:
        """Fill in the card form and send it."""
        card = {"card_number": number, "card_expiry": "12/34", "card_cvc": "123"}
        return self.send(**card | more)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
