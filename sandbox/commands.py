"""The command line of the sandbox."""

import argparse
import os
import sys
from collections.abc import Sequence

from sandbox.serve import NotLoopbackError, check_host, serve
from sandbox.server import Settings
from sandbox.webhooks.chaos import CALM, Chaos
from sandbox.wire.keys import LiveKeyError, refuse_live_key

KEYS = ("STRIPE_SECRET_KEY", "STRIPE_API_KEY", "STRIPE_PUBLISHABLE_KEY")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sandbox until it is stopped; exits with a sentence when it must not start (S17)."""
    given = parser().parse_args(arguments)
    try:
        for name in KEYS:
            refuse_live_key(name, os.environ.get(name))
        check_host(given.host, expose=given.expose)
    except (LiveKeyError, NotLoopbackError) as error:
        sys.exit(f"{error}")
    settings = Settings(
        path=given.data,
        seed=given.seed,
        chaos=_chaos(given.chaos_seed, given.chaos),
        exposed=given.expose,
        days_behind=given.days_behind,
    )
    serve(
        settings,
        host=given.host,
        port=given.port,
        handed_over=given.listening,
        webhook=given.webhook,
        webhook_secret=given.webhook_secret,
        stop_with_input=given.stop_with_input,
    )


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(
        prog="sandbox",
        description="Run a Stripe on this machine that any Stripe SDK can talk to: point its base "
        "address here and use any key that begins with sk_test_.",
    )
    add = made.add_argument
    add("--port", type=int, default=12111, help="port; 0 takes a free one (%(default)s)")
    add("--listening", type=int, metavar="FD", help="listen on a socket that was handed over")
    add("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    add("--data", default=":memory:", metavar="FILE", help="SQLite file; in memory without")
    add("--seed", help="the same seed gives the same ids")
    add(
        "--days-behind",
        type=int,
        default=0,
        metavar="DAYS",
        help="let a new account begin so far in the past",
    )
    add("--webhook", metavar="URL", help="address that all events go to")
    add("--webhook-secret", default="", metavar="SECRET", help="its secret; drawn without")
    add("--stop-with-input", action="store_true", help="stop when standard input ends")
    add("--expose", action="store_true", help="allow an address beyond this machine")
    add("--chaos-seed", metavar="SEED", help="let webhooks go wrong, the same way each time")
    add("--chaos", type=float, default=0.2, metavar="RATE", help="how often (%(default)s)")
    return made


def _chaos(seed: str | None, rate: float) -> Chaos:
    if seed is None:
        return CALM
    print(f"Chaos with seed {seed}: webhooks go wrong at a rate of {rate}.", flush=True)
    return Chaos(
        seed=seed, duplicate=rate, shuffle=rate, delay=rate, drop=rate / 4, old_version=rate
    )
