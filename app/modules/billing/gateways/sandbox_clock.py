"""The clock of the Stripe sandbox, which Stripe itself does not have (S17, S21)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx

from app.kit.db import require_no_unit_of_work
from app.modules.billing.exceptions import SandboxUnavailable
from app.modules.billing.settings import billing_settings

TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class SandboxTime:
    """What the sandbox says of its time: `offset` is how far it is ahead of system time.

    `undelivered` counts webhooks that wait for their first try.
    """

    now: datetime
    offset: timedelta
    is_ready: bool
    undelivered: int


def read_clock() -> SandboxTime:
    """Ask for the sandbox's time. Raises SandboxUnavailable."""
    return _ask("GET", "clock")


def advance_clock(to: datetime) -> SandboxTime:
    """Begin to move the sandbox to `to`, whole seconds ahead of it; what is due on the way happens.

    Raises SandboxUnavailable.
    """
    return _ask("POST", "clock", frozen_time=str(int(to.timestamp())))


def flush_webhooks() -> SandboxTime:
    """Have everything delivered that waits for nothing but company. Raises SandboxUnavailable."""
    return _ask("POST", "webhooks/flush")


def forget_sandbox() -> None:
    """Close the connection and read the settings anew; for processes whose settings changed."""
    if _client.cache_info().currsize:
        _client().close()
    _client.cache_clear()


def _ask(method: str, path: str, **form: str) -> SandboxTime:
    require_no_unit_of_work()
    try:
        answer = _client().request(method, f"/v1/sandbox/{path}", data=form)
        answer.raise_for_status()
        return _time(answer.json())
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise SandboxUnavailable from error


def _time(found: dict[str, Any]) -> SandboxTime:
    return SandboxTime(
        now=datetime.fromtimestamp(found["now"], UTC),
        offset=timedelta(seconds=found["offset"]),
        is_ready=found["status"] == "ready",
        undelivered=found["undelivered"],
    )


@cache
def _client() -> httpx.Client:
    settings = billing_settings()
    assert settings.stripe_secret_key is not None, "nobody asks without the sandbox"
    key = settings.stripe_secret_key.get_secret_value()
    return httpx.Client(
        base_url=settings.stripe_api_base,
        headers={"Authorization": f"Bearer {key}"},
        timeout=TIMEOUT_S,
        trust_env=False,  # a proxy of the environment does not lead to this machine
    )
