"""What the trials of add-ons share: a registry of names, a shop with a plan that buys."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from app.kit.db import unit_of_work
from app.modules.billing.gateways.client import ask
from app.modules.billing.gateways.domains import forget_registry
from app.modules.billing.models import AddOnProduct, StoreAddOn
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.stripe_setup.sellable import sellable_addon
from app.modules.billing.services.stripe_setup.setup import sell_at_stripe
from app.modules.billing.settings import billing_settings
from tests.integration.billing.money.world import BILLING, VISA, World

ADDONS = f"{BILLING}/addons"


class Registry:
    """An RDAP service on this machine that knows some names, and may be broken."""

    def __init__(self) -> None:
        self.registered: set[str] = set()
        self.is_broken = False

    def status_for(self, path: str) -> int:
        """What it answers for `/domain/<name>`."""
        if self.is_broken:
            return 503
        return 200 if path.removeprefix("/domain/") in self.registered else 404


@contextmanager
def a_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """Start a registry and let the application ask it."""
    registry = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(registry.status_for(self.path))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("RDAP_URL", f"http://127.0.0.1:{server.server_port}")
    billing_settings.cache_clear()
    forget_registry()
    try:
        yield registry
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        forget_registry()


def sell_addons(platform_id: int) -> None:
    """Make every add-on of a platform at Stripe."""
    with unit_of_work(read_only=True) as work:
        products = work.session.query(AddOnProduct).filter_by(platform_id=platform_id).all()
        sold = [sellable_addon(work, one) for one in products]
    for one in sold:
        sell_at_stripe(one, actor=Actor("test"), dry_run=False)


def buy(world: World, code: str, domain_name: str | None = None, *, card: str = VISA) -> StoreAddOn:
    """Buy an add-on the way owners do; the row that came of it."""
    body = {"addon_code": code} | ({"domain_name": domain_name} if domain_name else {})
    answer = world.owner.post(f"{ADDONS}/purchase", body)
    assert answer.status_code == 200, answer.text
    session_id = answer.json()["session_id"]
    world.pay(session_id, card=card)
    state = world.owner.get(f"{BILLING}/checkout/{session_id}?sync=true").json()
    assert state == {"state": "completed", "purpose": "addon", "is_reflected": True}
    return newest_row(world)


def rows(world: World) -> list[StoreAddOn]:
    """All add-ons of the shop's store, the oldest first."""
    with unit_of_work(read_only=True) as work:
        found = work.session.query(StoreAddOn).filter_by(store_id=world.shop.store_id)
        return found.order_by(StoreAddOn.id).all()


def newest_row(world: World) -> StoreAddOn:
    """The add-on bought last."""
    return rows(world)[-1]


def change_card(addon: StoreAddOn, card: str) -> None:
    """Let an add-on be charged to another card from now on."""
    stripe_id = addon.stripe_subscription_id or ""
    stripe = ask(lambda client: client.v1.subscriptions.retrieve(stripe_id))
    method = ask(
        lambda client: client.v1.payment_methods.attach(card, {"customer": stripe["customer"]})
    )["id"]
    update: Any = {"default_payment_method": method}
    ask(lambda client: client.v1.subscriptions.update(stripe_id, update))
