"""A Stripe account to test with: the sandbox, or with `STRIPE_TEST_KEY` Stripe's own test mode."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import stripe

from sandbox.wire.keys import refuse_live_key
from tests.integration.sandbox.world import DAY, NOW, a_world

KEY_NAME = "STRIPE_TEST_KEY"
LOOPBACK = ["127.0.0.1", "::1", "localhost"]
ADVANCED_WITHIN_S = 300


@dataclass(frozen=True)
class Account:
    """The SDK's services, and what its tests need around them; each has a clock of its own."""

    v1: Any
    clock: str
    began: int

    def advance(self, to: int) -> None:
        """Move the clock and wait until everything on the way has happened."""
        clocks = self.v1.test_helpers.test_clocks
        clocks.advance(self.clock, {"frozen_time": to})
        ends = time.monotonic() + ADVANCED_WITHIN_S
        while (status := clocks.retrieve(self.clock).status) != "ready":
            assert status == "advancing"
            assert time.monotonic() < ends, "the clock does not arrive"

    def price(self, amount: int) -> str:
        """A monthly price in euros."""
        product = self.v1.products.create({"name": f"Plan {amount}"})
        recurring = {"interval": "month"}
        given = {"product": product.id, "currency": "eur", "unit_amount": amount}
        return str(self.v1.prices.create({**given, "recurring": recurring}).id)

    def customer(self) -> str:
        """A customer on the clock who pays by card."""
        given = {"email": "owner@shop.test", "test_clock": self.clock}
        customer = str(self.v1.customers.create(given).id)
        self.use_card(customer, "pm_card_visa")
        return customer

    def use_card(self, customer: str, card: str) -> str:
        """Charge a customer to another card from now on; its id."""
        attached = str(self.v1.payment_methods.attach(card, {"customer": customer}).id)
        self.v1.customers.update(
            customer, {"invoice_settings": {"default_payment_method": attached}}
        )
        return attached

    def subscribed(self, amount: int = 2900, **params: Any) -> Any:
        """A subscription of a new customer."""
        items = [{"price": self.price(amount)}]
        flexible = {"billing_mode": {"type": "flexible"}}
        return self.v1.subscriptions.create(
            {"customer": self.customer(), "items": items} | flexible | params
        )

    def read(self, subscription: Any) -> Any:
        """A subscription as it is now."""
        return self.v1.subscriptions.retrieve(subscription.id)

    def bills(self, subscription: Any) -> list[Any]:
        """Its invoices, newest first."""
        return list(self.v1.invoices.list({"subscription": subscription.id}).data)


def accounts(environment: Mapping[str, str]) -> list[Any]:
    """Where the tests run: always at the sandbox, and at Stripe when its key is given.

    Sockets are opened to Stripe's API for those alone. Raises LiveKeyError for a live key.
    """
    key = environment.get(KEY_NAME)
    refuse_live_key(KEY_NAME, key)
    if not key:
        return ["sandbox"]
    host = urlsplit(stripe.DEFAULT_API_BASE).hostname
    opened = pytest.mark.allow_hosts([*LOOPBACK, host])
    return ["sandbox", pytest.param("stripe", marks=opened)]


def client(key: str, base: str | None = None) -> stripe.StripeClient:
    """The real SDK, at an address or where it goes by itself."""
    http = stripe.RequestsClient()
    if base is None:
        return stripe.StripeClient(key, http_client=http, max_network_retries=2)
    return stripe.StripeClient(key, base_addresses={"api": base}, http_client=http)


@contextmanager
def sandbox_account() -> Iterator[Account]:
    """An account of the sandbox."""
    with a_world() as world:
        clock = world.v1.test_helpers.test_clocks.create({"frozen_time": NOW})
        yield Account(world.v1, clock.id, NOW)


@contextmanager
def stripe_account(key: str) -> Iterator[Account]:
    """Stripe's own test mode; the clock takes its customers along when it is deleted."""
    opened = client(key)
    began = int(time.time()) // DAY * DAY
    clock = opened.v1.test_helpers.test_clocks.create({"frozen_time": began})
    try:
        yield Account(opened.v1, clock.id, began)
    finally:
        opened.v1.test_helpers.test_clocks.delete(clock.id)
