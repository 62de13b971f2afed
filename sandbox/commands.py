"""The command line of the sandbox."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sandbox.serve import NotLoopbackError, check_host, serve
from sandbox.server import Settings
from sandbox.webhooks.chaos import Chaos
from sandbox.wire.keys import LiveKeyError, refuse_live_key


def run(
    *,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 12111,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    data: Annotated[
        Path | None, typer.Option(help="SQLite file; none keeps all in memory.")
    ] = None,
    seed: Annotated[str | None, typer.Option(help="The same seed gives the same ids.")] = None,
    webhook: Annotated[str | None, typer.Option(help="Address that all events go to.")] = None,
    webhook_secret: Annotated[str, typer.Option(help="Its secret; one is drawn without.")] = "",
    expose: Annotated[bool, typer.Option(help="Allow an address beyond this machine.")] = False,
    chaos_seed: Annotated[str | None, typer.Option(help="Make webhooks go wrong.")] = None,
    chaos: Annotated[float, typer.Option(help="How often, from 0 to 1.")] = 0.2,
) -> None:
    """Run a Stripe on this machine that any Stripe SDK can talk to.

    Point the SDK's base address at it and use any key that begins with sk_test_.
    """
    try:
        for name in ("STRIPE_SECRET_KEY", "STRIPE_API_KEY", "STRIPE_PUBLISHABLE_KEY"):
            refuse_live_key(name, os.environ.get(name))
        check_host(host, expose=expose)
    except (LiveKeyError, NotLoopbackError) as error:
        sys.exit(f"{error}")
    settings = Settings(
        path=str(data) if data else ":memory:",
        seed=seed,
        chaos=_chaos(chaos_seed, chaos),
        exposed=expose,
    )
    serve(settings, host=host, port=port, webhook=webhook, webhook_secret=webhook_secret)


def _chaos(seed: str | None, rate: float) -> Chaos:
    if seed is None:
        return Chaos()
    print(f"Chaos with seed {seed}: webhooks go wrong at a rate of {rate}.", flush=True)
    return Chaos(
        seed=seed, duplicate=rate, shuffle=rate, delay=rate, drop=rate / 4, old_version=rate
    )


def main() -> None:
    """Entry point."""
    typer.run(run)
