"""Commands that run, prepare and examine an instance."""

import shutil
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from app import bootstrap
from app.cli.console import AsJson, print_result, print_rows
from app.kit.db import database, unit_of_work
from app.kit.migrations import missing_migrations, upgrade
from app.kit.ports import listen_from, port_of
from app.kit.settings import DEVELOPMENT_SECRET
from app.modules.billing.public import ship_to_platform
from app.modules.tenancy.public import every_platform
from app.wiring import ROOT

DEFAULT_PORT = 8000
GRACEFUL_S = 20
MIN_FREE_BYTES = 500 * 10**6


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; the next free one if taken.")] = DEFAULT_PORT,
) -> None:
    """Run the web server, with the background jobs unless JOBS says otherwise."""
    system = bootstrap.start()
    with listen_from(host, port) as listening:
        chosen = port_of(listening)
        typer.echo(f"Tierline on http://{host}:{chosen}")
        server = uvicorn.Server(server_config(system, host=host, port=chosen))
        server.run(sockets=[listening])


def server_config(system: bootstrap.System, *, host: str, port: int) -> uvicorn.Config:
    """Return how the web server runs; at its end, running requests are finished first."""
    return uvicorn.Config(
        system.web_app(),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACEFUL_S,
        server_header=False,
    )


def migrate(as_json: AsJson = False) -> None:
    """Bring the database to the schema of this version."""
    system = bootstrap.start()
    behind = missing_migrations(database(), system.migrations)
    upgrade(database(), system.migrations)
    _ship()
    text = f"Migrated: {', '.join(behind)}." if behind else "Nothing to migrate."
    print_result({"migrated": behind}, text, as_json=as_json)


def _ship() -> None:
    """Give every platform the shipped tiers and add-ons that it was never given (D7)."""
    with unit_of_work() as work:
        for platform in every_platform(work):
            ship_to_platform(work, platform.id, currency=platform.currency)


def doctor(as_json: AsJson = False) -> None:
    """Check settings, database, migrations, Redis, front end, disk; say what to do about each."""
    system = bootstrap.start()
    rows = [
        {"check": name, "ok": remedy is None, "remedy": remedy}
        for name, remedy in _examine(system).items()
    ]
    print_rows(rows, as_json=as_json)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(1)


def _examine(system: bootstrap.System) -> dict[str, str | None]:
    """Return a remedy for each check that fails, None for the others."""
    settings = system.settings
    readiness = system.not_ready()
    away = system.redis.check() if system.redis else None
    free = shutil.disk_usage(Path.cwd()).free
    built = (ROOT / settings.static_root / "css" / "app.css").is_file()
    return {
        "secret key": "Set SECRET_KEY to a random text of 32 characters or more."
        if settings.secret_key == DEVELOPMENT_SECRET
        else None,
        "database and migrations": f"{readiness}; check DATABASE_URL, then run `tierline migrate`."
        if readiness
        else None,
        "redis": f"{away} Start it, or correct REDIS_URL." if away else None,
        "front end": None if built else "Run `python3 dev.py build`.",
        "disk": None if free > MIN_FREE_BYTES else f"Only {free // 10**6} MB are free: make room.",
        "mail": None
        if settings.smtp_url
        else "Mails are kept and not sent; set SMTP_URL to send them.",
    }
