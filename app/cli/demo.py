"""`tierline demo`: a whole instance with data to play with, on this machine alone."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from app import bootstrap
from app.cli.demo_sandbox import WANTED_PORT, WEBHOOK_PATH, DemoSandbox, refuse_live_keys
from app.cli.server import DEFAULT_PORT, server_config
from app.contracts.demo import DEMO_PASSWORD, HISTORY_DAYS, DemoPlan
from app.kit.clocks import business_now
from app.kit.db import database, unit_of_work
from app.kit.migrations import upgrade
from app.kit.ports import listen_from, port_of
from app.kit.statistics import refresh_statistics
from app.modules.billing.demo import write_snapshots
from app.modules.billing.public import reconcile
from app.modules.tenancy.public import has_platforms

HOST = "127.0.0.1"
SIGN_INS = {
    "admin@demo.test": "super admin: everything",
    "platform@demo.test": "platform admin of one platform",
    "owner@demo.test": "owner of a merchant with two stores",
    "manager@demo.test": "manager of the store weber",
    "staff@demo.test": "staff of the store weber",
}


def demo(
    port: Annotated[int, typer.Option(help="Port; the next free one if taken.")] = DEFAULT_PORT,
    data: Annotated[Path, typer.Option(help="Folder of the demo's files.")] = Path("data/demo"),
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew; old data is lost.")] = False,
    scale: Annotated[int, typer.Option(min=0, help="Further merchants to make.")] = 0,
) -> None:
    """Start an instance with demo data; nothing outside the data folder is touched.

    A Stripe sandbox runs beside it, unless `STRIPE_API_BASE` names another.
    """
    if reset:
        shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, exist_ok=True)
    with listen_from(HOST, port) as listening:
        _run(data.resolve(), listening, scale=scale)


def _run(data: Path, listening: socket.socket, *, scale: int) -> None:
    """Prepare everything, then answer on a socket; whoever comes before waits for it."""
    chosen = port_of(listening)
    address = f"http://{HOST}:{chosen}"
    with _sandbox(data, address) as stripe:
        _complete_environment(data, address)
        system = bootstrap.start()
        upgrade(database(), system.migrations)
        if stripe is not None:
            stripe.wait()
        seed(system, scale=scale, stripe_pages=None if stripe is None else address)
        _tell_what_there_is(stripe)
        server = _Announcing(server_config(system, host=HOST, port=chosen), address)
        if stripe is not None:
            stripe.when_ended(server.end_without_sandbox)
        server.run(sockets=[listening])


@contextmanager
def _sandbox(data: Path, address: str) -> Iterator[DemoSandbox | None]:
    """Start the sandbox, which gets ready while the product does, and point the product at it."""
    if os.environ.get("STRIPE_API_BASE"):
        yield None
        return
    refuse_live_keys(os.environ)
    with listen_from(HOST, WANTED_PORT) as listening:
        webhook = address + WEBHOOK_PATH
        stripe = DemoSandbox(data, listening, webhook=webhook, days_behind=HISTORY_DAYS)
    try:
        os.environ.update(stripe.settings(os.environ))
        yield stripe
    finally:
        stripe.stop()


def _tell_what_there_is(stripe: DemoSandbox | None) -> None:
    for email, role in SIGN_INS.items():
        typer.echo(f"  {email:20} {role}")
    typer.echo(f"  Password of all: {DEMO_PASSWORD}")
    if stripe is not None:
        typer.echo(f"  Stripe sandbox: {stripe.url}")


def seed(system: bootstrap.System, *, scale: int, stripe_pages: str | None = None) -> None:
    """Write the demo data of every module in one transaction, unless there are platforms.

    With a sandbox, which leads back to `stripe_pages`, the merchants then live through a year.
    """
    with unit_of_work() as work:
        if has_platforms(work):
            return
        typer.echo("Writing the demo data …")
        plan = DemoPlan(now=business_now(), scale=scale)
        for module in system.modules:
            if module.demo is not None:
                module.demo(work, plan)
    if stripe_pages is not None:
        from app.modules.billing.demo.history import play_history  # noqa: PLC0415 - first start only

        play_history(plan, base_url=stripe_pages, tell=_tell_progress)
    for _ in reconcile():  # seeding writes rows in sets; the counters are counted from them
        pass
    with unit_of_work() as work:
        refresh_statistics(work)
    write_snapshots(plan)


def _tell_progress(played: int, scenes: int) -> None:
    if played % 20 == 0 or played == scenes:
        typer.echo(f"  A year at the sandbox: {played} of {scenes} scenes")


def _complete_environment(data: Path, address: str) -> None:
    """Set what the environment leaves open; what it names is kept."""
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{data / 'tierline.sqlite3'}")
    os.environ.setdefault("MEDIA_ROOT", str(data / "media"))
    os.environ.setdefault("DEMO", "true")
    os.environ.setdefault("BASE_URL", address)
    os.environ.setdefault("LOG_LEVEL", "warning")


class _Announcing(uvicorn.Server):
    """A server that says when it is ready, as its last line."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, *args: object, **values: object) -> None:
        """Start as usual, then tell."""
        await super().startup(*args, **values)  # type: ignore[arg-type]
        if self.started:
            typer.echo(f"Ready: {self._address}")

    def end_without_sandbox(self) -> None:
        """Stop, since the sandbox is gone: nothing could be paid, and time would stand still."""
        if not self.should_exit:
            typer.echo("The sandbox has ended, and the demo with it.", err=True)
            self.should_exit = True
