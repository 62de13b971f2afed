"""Commands that run and prepare an instance."""

from typing import Annotated

import typer
import uvicorn

from app import bootstrap
from app.cli.console import AsJson, print_result
from app.kit.db import database, unit_of_work
from app.kit.migrations import missing_migrations, upgrade
from app.kit.ports import listen_from, port_of
from app.modules.billing.public import ship_to_platform
from app.modules.tenancy.public import every_platform

DEFAULT_PORT = 8000
GRACEFUL_S = 20


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
