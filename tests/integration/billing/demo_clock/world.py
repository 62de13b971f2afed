"""Business time that is moved the way a demo moves it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.kit import clocks, jobs
from app.kit.clock_offset import stored_offset
from app.kit.clocks import Clocks, SettableClock, configure_clocks, pin_business_time
from app.kit.jobs import slots
from app.modules.billing.gateways.client import forget_client
from app.modules.billing.gateways.sandbox_clock import forget_sandbox
from app.modules.billing.services.demo_clock.move import move_clock
from app.modules.billing.settings import billing_settings
from sandbox.serve import RunningSandbox, start_in_thread
from sandbox.server import Settings
from tests.factories.billing import shipped_tiers
from tests.factories.tenancy import AShop, a_shop
from tests.integration.browser import Visitor

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = "sk_test_51SandboxOfTests"
CLOCK = "/api/v1/demo/clock"


@dataclass
class World:
    """The sandbox, two shops, and the browser of the first one's owner."""

    running: RunningSandbox
    visitor: Callable[[], Visitor]
    shop: AShop
    other: AShop
    owner: Visitor
    slots_run: list[datetime] = field(default_factory=list)

    def read(self) -> dict[str, Any]:
        """What the API says of the clock."""
        answer = self.owner.get(CLOCK)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def move(self, **body: Any) -> Any:
        """Ask for a move; nothing moves before `arrive`."""
        return self.owner.post(CLOCK, body)

    def arrive(self) -> int:
        """Take every step there is; how many."""
        steps = 1
        while move_clock():
            steps += 1
        return steps

    def run_slots(self, until: datetime) -> bool:
        """Note which slots would run, in place of a runner."""
        self.slots_run.append(until)
        return True

    def sandbox_now(self) -> datetime:
        """The sandbox's own time."""
        return datetime.fromtimestamp(self.running.sandbox.clocks.now(), UTC)


def iso(at: datetime) -> str:
    """A time as the API writes it."""
    return at.isoformat().replace("+00:00", "Z")


@contextmanager
def a_world(visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Open a world on the database at hand."""
    running = start_in_thread(Settings(seed="clock", system=NOW.timestamp))
    point_at(running.url, monkeypatch)
    monkeypatch.setattr(clocks, "_clocks", None)  # restores what was configured before
    configure_clocks(Clocks(system=SettableClock(NOW), read_offset=stored_offset))
    pin_business_time(None)
    shop, other = a_shop(), a_shop()
    for one in (shop, other):
        shipped_tiers(one.platform_id)
    world = World(running, visitor, shop, other, visitor().sign_in(shop.owner_email))
    monkeypatch.setattr(slots, "_run", None)  # restores what was configured before
    jobs.configure_slots(world.run_slots)
    try:
        yield world
    finally:
        running.stop()
        monkeypatch.undo()
        forget_settings()


def point_at(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let payments go to a sandbox."""
    monkeypatch.setenv("STRIPE_SECRET_KEY", KEY)
    monkeypatch.setenv("STRIPE_API_BASE", url)
    forget_settings()


def forget_settings() -> None:
    """Read the environment anew."""
    billing_settings.cache_clear()
    forget_client()
    forget_sandbox()
