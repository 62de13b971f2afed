"""A merchant's life at Stripe, one step after the other, by a seed."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.kit.db import unit_of_work
from app.modules.billing.gateways import stripe_changes
from app.modules.billing.gateways.client import ask
from app.modules.billing.gateways.metadata import addon_metadata, plan_metadata
from app.modules.billing.gateways.shapes import subscription_snapshot
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.gateways.stripe_invoices import refund_invoice
from app.modules.billing.models import AddOnProduct, SubscriptionTier
from sandbox.server import Sandbox
from tests.factories.tenancy import AShop
from tests.integration.billing.money.world import NOW
from tests.integration.billing.webhooks.stage import ADDON, Stage, created

DAY = 86_400
BAD_CARD, GOOD_CARD = "pm_card_chargeCustomerFail", "pm_card_visa"
PLAN, EXTRA = "plan", "addon"


@dataclass
class Life:
    """One shop on a test clock of its own; `refunds` are cents by invoice."""

    shop: AShop
    customer_id: str
    clock: str
    sandbox: Sandbox
    dice: random.Random
    now: int = int(NOW.timestamp())
    steps: int = 0
    refunds: Counter[str] = field(default_factory=Counter)

    def live(self, steps: int) -> None:
        """Take random steps; one that is not possible now is another day."""
        for _ in range(steps):
            self.steps += 1
            self.dice.choice(STEPS)(self)

    def subscribe(self) -> None:
        """Buy a plan unless one runs, or was bought this second: no clock could order the two."""
        if self.plan() is None and not self._bought_now():
            trial = {"trial_period_days": 10} if self.dice.random() < 0.3 else {}
            self.begin(self.dice.choice(prices_of(self.shop.platform_id)), **trial)

    def _bought_now(self) -> bool:
        return any(one["created"] == self.now for one in self.subscriptions(PLAN))

    def begin(self, price_id: str, **params: Any) -> str:
        """Begin a plan of a price."""
        given = {
            "customer": self.customer_id,
            "items": [{"price": price_id}],
            "metadata": plan_metadata(self.shop.owner, self.shop.store_id, "essential"),
        }
        return str(created("subscriptions", given | params)["id"])

    def change(self, price_id: str | None = None) -> None:
        """Change the price at once."""
        plan = self.plan()
        if plan is not None and plan.status == "active" and plan.schedule_id is None:
            chosen = price_id or self.dice.choice(prices_of(self.shop.platform_id))
            stripe_changes.upgrade(plan, price_id=chosen, at=_at(self.now), key=self.key())

    def lower(self) -> None:
        """Let another price begin with the next period, or withdraw that."""
        plan = self.plan()
        if plan is None or plan.status != "active" or plan.ends_at is not None:
            return
        if plan.schedule_id is not None:
            stripe_changes.release_schedule(plan.schedule_id)
            return
        price_id = prices_of(self.shop.platform_id)[0]
        stripe_changes.schedule_downgrade(
            plan, price_id=price_id, interval=plan.interval, key=self.key()
        )

    def fail(self) -> None:
        """Pay the next period with a card that is declined."""
        plan = self.plan()
        if plan is not None:
            self.use_card(plan.id, BAD_CARD)
            self.advance(33)

    def recover(self) -> None:
        """Pay what is owed with a card that works."""
        plan = self.plan()
        if plan is not None:
            self.use_card(plan.id, GOOD_CARD)
            for invoice in self.invoices():
                if invoice["status"] == "open":
                    pay(invoice["id"])

    def end_or_stay(self) -> None:
        """Schedule the end, or take it back."""
        plan = self.plan()
        if plan is None or plan.schedule_id is not None:
            return
        if plan.ends_at is None:
            stripe_changes.cancel_at_period_end(plan.id, reason=None, key=self.key())
        else:
            stripe_changes.keep(plan, key=self.key())

    def end(self) -> None:
        """End the plan now."""
        plan = self.plan()
        if plan is not None:
            stripe_changes.cancel_now(plan.id, reason="over")

    def buy_addon(self) -> str | None:
        """Buy the add-on unless the shop has it."""
        if any(one["status"] != "canceled" for one in self.subscriptions(EXTRA)):
            return None
        metadata = addon_metadata(self.shop.owner, self.shop.store_id, ADDON)
        given = {
            "customer": self.customer_id,
            "items": [{"price": _addon_price(self.shop.platform_id)}],
            "metadata": metadata,
        }
        return str(created("subscriptions", given)["id"])

    def refund(self) -> None:
        """Give a euro back for the newest invoice that was paid."""
        paid = [
            one for one in self.invoices() if one["amount_paid"] - self.refunds[one["id"]] > 100
        ]
        if paid:
            made = refund_invoice(paid[0]["id"], amount_cents=100, key=self.key())
            assert made is not None
            self.refunds[paid[0]["id"]] += 100

    def some_days(self) -> None:
        """Let up to five weeks pass."""
        self.advance(self.dice.randint(1, 36))

    def advance(self, days: int) -> None:
        """Move the shop's clock and wait until Stripe has done what was due."""
        self.now += days * DAY
        to: Any = {"frozen_time": self.now}
        ask(lambda client: client.v1.test_helpers.test_clocks.advance(self.clock, to))
        self.sandbox.clocks.wait()

    def use_card(self, subscription_id: str, card: str) -> None:
        """Let a subscription be charged to another card."""
        customer: Any = {"customer": self.customer_id}
        method = ask(lambda client: client.v1.payment_methods.attach(card, customer))["id"]
        update: Any = {"default_payment_method": method}
        ask(lambda client: client.v1.subscriptions.update(subscription_id, update))

    def plan(self) -> SubscriptionSnapshot | None:
        """The plan that runs."""
        running = [one for one in self.subscriptions(PLAN) if one["status"] != "canceled"]
        return subscription_snapshot(running[0]) if running else None

    def subscriptions(self, purpose: str) -> list[dict[str, Any]]:
        """What Stripe has of a kind, the newest first."""
        asked: Any = {"customer": self.customer_id, "status": "all", "limit": 100}
        found = ask(lambda client: client.v1.subscriptions.list(asked))["data"]
        return [one for one in found if one["metadata"]["tierline_purpose"] == purpose]

    def invoices(self) -> list[dict[str, Any]]:
        """Every invoice that was issued, the newest first."""
        asked: Any = {"customer": self.customer_id, "limit": 100}
        found = ask(lambda client: client.v1.invoices.list(asked))["data"]
        return [one for one in found if one["status"] != "draft"]

    def key(self) -> tuple[object, ...]:
        """An idempotency key of this step alone."""
        return (self.customer_id, self.steps)


def a_life(stage: Stage, seed: object) -> Life:
    """A new shop and its dice."""
    shop, customer_id, clock = stage.a_customer()
    dice = random.Random(f"life:{seed}")  # noqa: S311 - must repeat, not be secret
    return Life(shop, customer_id, clock, stage.world.running.sandbox, dice)


def pay(invoice_id: str) -> None:
    """Pay an invoice with a card that works."""
    card: Any = {"payment_method": GOOD_CARD}
    ask(lambda client: client.v1.invoices.pay(invoice_id, card))


def prices_of(platform_id: int) -> list[str]:
    """The prices of a platform's tiers, the lowest first."""
    with unit_of_work(read_only=True) as work:
        tiers = work.session.query(SubscriptionTier).filter_by(platform_id=platform_id)
        sold = tiers.order_by(SubscriptionTier.rank).all()
    prices = [(one.stripe_price_monthly_id, one.stripe_price_annual_id) for one in sold]
    return [str(price) for both in prices for price in both]


def _addon_price(platform_id: int) -> str:
    with unit_of_work(read_only=True) as work:
        found = work.session.query(AddOnProduct).filter_by(platform_id=platform_id, code=ADDON)
        return str(found.one().stripe_price_id)


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


STEPS = (
    Life.subscribe,
    Life.subscribe,
    Life.change,
    Life.lower,
    Life.fail,
    Life.recover,
    Life.end_or_stay,
    Life.end,
    Life.buy_addon,
    Life.refund,
    Life.some_days,
)
