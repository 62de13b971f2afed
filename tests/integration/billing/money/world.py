"""Stripe's sandbox beside the application: one time for both, and a shop that can pay."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

import pytest

from app.contracts.tenants import Owner
from app.kit.clocks import (
    Clocks,
    SettableClock,
    business_now,
    clocks,
    configure_clocks,
    pin_business_time,
)
from app.kit.db import unit_of_work
from app.modules.billing.gateways.client import ask, forget_client
from app.modules.billing.models import MerchantSubscription, SubscriptionTier
from app.modules.billing.services.start_trial import start_trial
from app.modules.billing.services.sync import sync_now
from app.modules.billing.services.tier_prices import keep_prices
from app.modules.billing.settings import billing_settings
from sandbox.engine.cards import CARDS
from sandbox.engine.checkouts import Buyer, complete
from sandbox.serve import RunningSandbox, start_in_thread
from sandbox.server import Settings
from sandbox.webhooks.chaos import CALM, Chaos
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.integration.browser import Visitor

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = "sk_test_51SandboxOfTests"
BILLING = "/api/v1/store/billing"
VISA = "4242424242424242"
FAILS_LATER = "4000000000000341"


@dataclass
class World:
    """The sandbox, the shop that pays, and its owner's browser."""

    running: RunningSandbox
    visitor: Callable[[], Visitor]
    offset: timedelta = timedelta()
    shop: AShop = field(init=False)
    owner: Visitor = field(init=False)

    def open_shop(self, *, trial: str | None = "essential") -> None:
        """Add a shop in a local trial, with tiers that are sold at Stripe."""
        self.shop = a_shop()
        shipped_tiers(self.shop.platform_id)
        sell_tiers(self.shop.platform_id)
        if trial is not None:
            with unit_of_work() as work:
                start_trial(work, self.shop.owner, tier_code=trial)
        self.owner = self.visitor().sign_in(self.shop.owner_email)

    def advance(self, step: timedelta) -> None:
        """Move both clocks, let Stripe do what is due, and take it over."""
        target = int((business_now() + step).timestamp())
        self.running.sandbox.clocks.advance_account(target)
        self.running.sandbox.settle()
        self.let_pass(step)
        self.sync()

    def let_pass(self, step: timedelta) -> None:
        """Move our own clock alone; pinned anew, for background turns of tests pin it here too."""
        self.offset += step
        pin_business_time()

    def sync(self) -> None:
        """Take over what Stripe says of the shop's plan."""
        stripe_id = self.row().stripe_subscription_id
        if stripe_id is not None:
            assert sync_now(stripe_id)

    def row(self) -> MerchantSubscription:
        """The shop's subscription in our own tables."""
        return subscription_of(self.shop.owner)

    def stripe(self) -> dict[str, Any]:
        """The shop's subscription as Stripe has it."""
        stripe_id = self.row().stripe_subscription_id
        assert stripe_id is not None
        return ask(lambda client: client.v1.subscriptions.retrieve(stripe_id))

    def listed(self, resource: str, **params: Any) -> list[dict[str, Any]]:
        """Everything of a kind that Stripe has."""
        asked: Any = {"limit": 100, **params}
        found: list[dict[str, Any]] = ask(
            lambda client: attrgetter(resource)(client.v1).list(asked)
        )["data"]
        return found

    def pay(self, session_id: str, *, card: str = VISA) -> None:
        """Do what a buyer does on Stripe's page; no webhook tells of it."""
        with self.running.sandbox.work() as work:
            session = work.get("checkout.session", session_id)
            buyer = Buyer(name="Anna", address={"country": "LU"}, card=CARDS[card])
            complete(work, session, buyer)

    def subscribe(
        self, tier: str = "essential", *, is_annual: bool = False, card: str = VISA
    ) -> None:
        """Buy a plan the way owners do, and end its trial at once."""
        body = {"tier_code": tier, "is_annual": is_annual}
        answer = self.owner.post(f"{BILLING}/checkout", body)
        assert answer.status_code == 200, answer.text
        session_id = answer.json()["session_id"]
        self.pay(session_id, card=card)
        state = self.owner.get(f"{BILLING}/checkout/{session_id}?sync=true").json()
        assert state == {"state": "completed", "purpose": "plan", "is_reflected": True}

    def change_card(self, card: str) -> None:
        """Let the shop's plan be charged to another card from now on."""
        stripe = self.stripe()
        method = ask(
            lambda client: client.v1.payment_methods.attach(card, {"customer": stripe["customer"]})
        )["id"]
        update: Any = {"default_payment_method": method}
        ask(lambda client: client.v1.subscriptions.update(stripe["id"], update))


def subscription_of(owner: Owner) -> MerchantSubscription:
    """A merchant's subscription in our own tables."""
    with unit_of_work(read_only=True) as work:
        return (
            work.session.query(MerchantSubscription)
            .filter_by(merchant_id=owner.merchant_id, platform_id=owner.platform_id)
            .one()
        )


def sell_tiers(platform_id: int) -> None:
    """Make a product and prices at Stripe for every tier of a platform."""
    with unit_of_work(read_only=True) as work:
        tiers = work.session.query(SubscriptionTier).filter_by(platform_id=platform_id).all()
    sold = {
        tier.id: (
            _price(tier, tier.price_monthly_cents, "month"),
            _price(tier, tier.price_annual_cents or 0, "year"),
        )
        for tier in tiers
    }
    with unit_of_work() as work:
        for tier_id, (monthly, annual) in sold.items():
            tier = work.session.get_one(SubscriptionTier, tier_id)
            tier.stripe_price_monthly_id, tier.stripe_price_annual_id = monthly, annual
            keep_prices(work, tier)


def _price(tier: SubscriptionTier, amount_cents: int, interval: str) -> str:
    params: Any = {
        "currency": tier.currency.lower(),
        "unit_amount": amount_cents,
        "recurring": {"interval": interval},
        "product": _product(tier),
    }
    return str(ask(lambda client: client.v1.prices.create(params))["id"])


def _product(tier: SubscriptionTier) -> str:
    params: Any = {"name": tier.code}
    return str(ask(lambda client: client.v1.products.create(params))["id"])


@contextmanager
def a_world(
    visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch, *, chaos: Chaos = CALM
) -> Iterator[World]:
    """Start a sandbox, point the application at it, and let both have one time."""
    running = start_in_thread(Settings(seed="tests", system=NOW.timestamp, chaos=chaos))
    monkeypatch.setenv("STRIPE_SECRET_KEY", KEY)
    monkeypatch.setenv("STRIPE_API_BASE", running.url)
    billing_settings.cache_clear()
    forget_client()
    before = clocks()
    world = World(running, visitor)
    configure_clocks(Clocks(SettableClock(NOW), read_offset=lambda: world.offset))
    pin_business_time()
    try:
        yield world
    finally:
        configure_clocks(before)
        monkeypatch.undo()
        billing_settings.cache_clear()
        forget_client()
        running.stop()
