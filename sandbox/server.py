"""The sandbox as an object: its state, its clock, its postman, its web application."""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import sandbox.resources  # noqa: F401  (registers the endpoints)
from sandbox.engine.clocks import Clocks
from sandbox.engine.due import due_of
from sandbox.resources.webhook_endpoints import make_endpoint
from sandbox.store.addresses import move_pages
from sandbox.store.database import Database
from sandbox.store.transaction import Transaction
from sandbox.webhooks.chaos import CALM, Chaos
from sandbox.webhooks.delivery import Backoff, Postman
from sandbox.webhooks.events import EventRecorder
from sandbox.wire.api import Api
from sandbox.wire.endpoints import ENDPOINTS, Router
from sandbox.wire.own import OwnApi

TICK_SECONDS = 1.0


@dataclass(frozen=True)
class Settings:
    """How a sandbox is set up.

    `path`: its file, `:memory:` for none. `seed`: the same ids in every run. `page_url`: where its
    pages are reached. `chaos`: what goes wrong with webhooks. `days_behind`: how far in the past a
    new account begins. `system`: real seconds since 1970.
    """

    path: str = ":memory:"
    seed: str | None = None
    page_url: str = "http://127.0.0.1:12111"
    chaos: Chaos = CALM
    backoff: Backoff = field(default_factory=Backoff)
    exposed: bool = False
    days_behind: int = 0
    system: Callable[[], float] = time.time


class Sandbox:
    """One Stripe account with everything in it."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        chosen = self.settings
        self.database = Database(
            chosen.path, seed=chosen.seed, record=EventRecorder(chosen.chaos), due_of=due_of
        )
        self.clocks = Clocks(
            self.database,
            system=chosen.system,
            page_url=chosen.page_url,
            days_behind=chosen.days_behind,
        )
        self.postman = Postman(self.database, backoff=chosen.backoff, chaos=chosen.chaos)
        self.api = Api(self.database, self.clocks, Router(ENDPOINTS))
        self.own_api = OwnApi(self.database, self.clocks, self.postman)
        self._stopping = threading.Event()
        self._ticker = threading.Thread(target=self._tick, name="sandbox-ticker", daemon=True)

    def work(self) -> AbstractContextManager[Transaction]:
        """A transaction of the sandbox at account time."""
        return self.database.transaction(now=self.clocks.now(), page_url=self.clocks.page_url)

    def start(self) -> "Sandbox":
        """Begin to deliver webhooks and to let account time pass; unfinished moves go on."""
        move_pages(self.database, to=self.settings.page_url)
        self.postman.start()
        self.clocks.resume()
        self._ticker.start()
        return self

    def stop(self) -> None:
        """End all threads and close the file."""
        self._stopping.set()
        if self._ticker.is_alive():
            self._ticker.join()
        self.clocks.wait()
        self.postman.stop()
        self.database.close()

    def settle(self, timeout: float = 60.0) -> None:
        """Until no clock moves and every webhook was tried; TimeoutError after `timeout`."""
        self.clocks.wait(timeout)
        self.postman.flush()
        self.postman.wait(timeout)

    def add_webhook(
        self,
        url: str,
        *,
        secret: str,
        events: Iterable[str] = ("*",),
        api_version: str | None = None,
    ) -> str:
        """Register an endpoint with a secret of one's own; the id of the endpoint."""
        with self.database.transaction(now=self.clocks.now()) as work:
            made = make_endpoint(
                work, url=url, enabled_events=list(events), api_version=api_version, secret=secret
            )
            return str(made["id"])

    def set_webhook(self, url: str, *, secret: str) -> None:
        """Let all events go to `url`: always the same endpoint, wherever it was before."""
        known = self.database.remembered("webhook", None)
        with self.work() as work:
            endpoint = work.find(known)
            if endpoint is not None:
                endpoint.update(url=url, secret=secret)
                work.save(endpoint)
                return
        self.database.remember("webhook", self.add_webhook(url, secret=secret))

    def _tick(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            self.clocks.tick()
