"""The time in which the demo's history is played, and Stripe's events that fall into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.kit.clocks import Clocks, business_now, clocks, configure_clocks
from app.kit.db import unit_of_work
from app.modules.billing.gateways import sandbox_clock
from app.modules.billing.gateways.sandbox_buyer import silence_webhooks
from app.modules.billing.gateways.stripe_events import events_since
from app.modules.billing.models import StripeAccount
from app.modules.billing.services.demo_clock.step import await_sandbox
from app.modules.billing.services.stripe_account import ACCOUNT_ROW
from app.modules.billing.services.stripe_setup.webhook import EVENTS
from app.modules.billing.services.sync.flight import sync_due
from app.modules.billing.services.webhooks.inbox import receive
from app.modules.billing.services.webhooks.turn import take_next

A_MOMENT = timedelta(seconds=2)  # the sandbox counts in whole seconds
STEP = timedelta(days=3)  # changes are dated by when they are taken in


@dataclass
class Stage:
    """Business time is the sandbox's, however far that lies behind."""

    offset: timedelta
    seen: set[str] = field(default_factory=set)

    def move_to(self, at: datetime) -> None:
        """Let time pass until `at`; what falls due at Stripe on the way is taken in."""
        while at - (now := business_now()) > A_MOMENT:
            sandbox_clock.advance_clock(min(now + STEP, at))
            await_sandbox()
            self.offset = sandbox_clock.read_clock().offset
            self.take_in(now)

    def take_in(self, since: datetime) -> None:
        """Receive and work on Stripe's events since an instant, the oldest first."""
        news = [
            one
            for one in events_since(since)
            if one["type"] in EVENTS and one["id"] not in self.seen
        ]
        self.seen |= {one["id"] for one in news}
        _receive(news)
        while take_next() or sync_due():
            pass


@contextmanager
def past_stage() -> Iterator[Stage]:
    """Business time is the sandbox's for as long as the block lasts."""
    present = clocks()
    stage = Stage(sandbox_clock.read_clock().offset)
    configure_clocks(Clocks(present.system, read_offset=lambda: stage.offset))
    try:
        yield stage
    finally:
        configure_clocks(present)


@contextmanager
def silent_webhooks() -> Iterator[None]:
    """Keep Stripe from sending events for as long as the block lasts."""
    with unit_of_work(read_only=True) as work:
        endpoint_id = work.session.get_one(StripeAccount, ACCOUNT_ROW).webhook_endpoint_id
    assert endpoint_id is not None, "setting Stripe up makes one"
    silence_webhooks(endpoint_id, is_silent=True)
    yield
    silence_webhooks(endpoint_id, is_silent=False)


def _receive(events: list[dict[str, Any]]) -> None:
    with unit_of_work() as work:
        for event in events:
            receive(work, event)
