"""The application on a port, Stripe's sandbox that sends it webhooks, and shops on test clocks."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from app.kit.db import unit_of_work
from app.modules.billing.gateways.client import ask
from app.modules.billing.gateways.metadata import customer_metadata
from app.modules.billing.models import AddOnProduct, MerchantSubscription, StripeWebhookEvent
from app.modules.billing.services.start_trial import start_trial
from app.modules.billing.services.sync.flight import sync_due
from app.modules.billing.services.webhooks.inbox import inbox_is_empty
from app.modules.billing.services.webhooks.turn import take_next
from app.modules.billing.settings import billing_settings
from sandbox.webhooks.chaos import CALM, Chaos
from sandbox.webhooks.signature import signature
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import AShop, a_platform, a_shop
from tests.integration.billing.money.world import NOW, World, a_world, sell_tiers
from tests.integration.browser import Visitor

SECRET = "whsec_of_the_tests"
PATH = "/api/v1/webhooks/stripe"
ADDON = "ssl_premium"


@dataclass
class Stage:
    """Where webhooks are sent, received and worked off."""

    world: World
    client: Visitor
    platform_id: int = field(init=False)

    def open_platform(self) -> None:
        """Add a platform whose tiers and whose add-on are sold at Stripe."""
        self.platform_id = a_platform()
        shipped_tiers(self.platform_id)
        sell_tiers(self.platform_id)
        product = created("products", {"name": ADDON})
        price = {
            "currency": "eur",
            "unit_amount": 4900,
            "recurring": {"interval": "year"},
            "product": product["id"],
        }
        price_id = created("prices", price)["id"]
        with unit_of_work() as work:
            addon = work.session.query(AddOnProduct).filter_by(code=ADDON).one()
            addon.stripe_product_id, addon.stripe_price_id = product["id"], price_id

    def a_customer(self) -> tuple[AShop, str, str]:
        """A shop in its trial that is a customer at Stripe; with customer and test clock."""
        shop = a_shop(self.platform_id)
        clock = created("test_helpers.test_clocks", {"frozen_time": int(NOW.timestamp())})["id"]
        customer = {
            "test_clock": clock,
            "payment_method": "pm_card_visa",
            "invoice_settings": {"default_payment_method": "pm_card_visa"},
            "metadata": customer_metadata(shop.owner),
        }
        customer_id = created("customers", customer)["id"]
        with unit_of_work() as work:
            start_trial(work, shop.owner, tier_code="essential")
            work.session.query(MerchantSubscription).filter_by(
                merchant_id=shop.merchant_id
            ).one().stripe_customer_id = customer_id
        return shop, customer_id, clock

    def settle(self) -> None:
        """Wait until Stripe has sent everything, and work it off."""
        self.world.running.sandbox.settle()
        drain()
        with unit_of_work(read_only=True) as work:
            assert inbox_is_empty(work)

    def post(self, event: dict[str, Any], *, secret: str = SECRET) -> Any:
        """Send an event as Stripe does."""
        body = json.dumps(event).encode()
        return self.post_raw(body, signature(body, secret=secret, timestamp=int(time.time())))

    def post_raw(self, body: bytes, signed: str | None) -> Any:
        """Send any body with any signature."""
        headers = {"content-type": "application/json"}
        if signed is not None:
            headers["stripe-signature"] = signed
        return self.client.post(PATH, content=body, headers=headers)


def created(resource: str, params: dict[str, Any]) -> dict[str, Any]:
    """Make an object at Stripe."""

    def create(client: Any) -> Any:
        service = client.v1
        for name in resource.split("."):
            service = getattr(service, name)
        return service.create(params)

    return ask(create)


def drain() -> None:
    """Work off what lies in the inbox and fetch what has to be fetched."""
    while take_next() or sync_due():
        pass


def stored_events() -> list[StripeWebhookEvent]:
    """Everything in the inbox, in the order of arrival."""
    with unit_of_work(read_only=True) as work:
        return work.session.query(StripeWebhookEvent).order_by(StripeWebhookEvent.id).all()


@contextmanager
def a_stage(
    web_app: FastAPI,
    visitor: Callable[[], Visitor],
    monkeypatch: pytest.MonkeyPatch,
    *,
    chaos: Chaos = CALM,
) -> Iterator[Stage]:
    """Start both sides and let Stripe send its webhooks to the application."""
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", SECRET)
    with a_world(visitor, monkeypatch, chaos=chaos) as world, _served(web_app) as url:
        stage = Stage(world, visitor())
        stage.open_platform()
        world.running.sandbox.add_webhook(url + PATH, secret=SECRET)
        assert billing_settings().webhook_secrets == (SECRET,)
        yield stage


@contextmanager
def _served(web_app: FastAPI) -> Iterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(web_app, lifespan="off", log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
