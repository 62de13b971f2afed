"""The peers of `webhooks`: each works an event off on PostgreSQL before it answers."""

import os
from collections.abc import Mapping

from app.kit.db import Database
from benchmarks._peers import npm_peer, python_peer
from benchmarks._servers import Command, a_free_port, answering
from benchmarks._stripe_objects import PRICE
from benchmarks._webhook_load import send
from benchmarks._webhook_mix import PATH, SECRET, requests

WARM_UP = 200


def sync_engine_rate(database: Database, stripe: int, *, events: int) -> float | None:
    """Events a second of Supabase's sync engine; None where it cannot be installed."""
    peer = npm_peer("stripe_sync_engine")
    if peer is None:
        return None
    env = {**os.environ, "NODE_PATH": str(peer.packages)}
    return _rate([peer.node, peer.program], database, stripe, events=events, env=env)


def dj_stripe_rate(database: Database, stripe: int, *, events: int) -> float | None:
    """Events a second of dj-stripe; None where it cannot be installed."""
    command = python_peer("dj_stripe_webhooks")
    return None if command is None else _rate(command, database, stripe, events=events)


def _rate(
    program: Command,
    database: Database,
    stripe: int,
    *,
    events: int,
    env: Mapping[str, str] | None = None,
) -> float:
    port = a_free_port()
    at_stripe = f"http://127.0.0.1:{stripe}"
    command = [*program, database.listen_url, str(port), at_stripe, PATH, SECRET, PRICE]
    with answering(command, port, env=env):
        send(port, requests(WARM_UP, run="warm"))
        return send(port, requests(events, run="peer"))
