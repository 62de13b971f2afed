"""The one way to Stripe's API: its key, timeouts, retries, rate, and its errors as ours (S1–S4)."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from app.kit.db import require_no_unit_of_work
from app.modules.billing.exceptions import PaymentSystemBusy, PaymentSystemNotConfiguredError
from app.modules.billing.gateways.errors import translated
from app.modules.billing.gateways.token_bucket import TokenBucket
from app.modules.billing.settings import billing_settings

if TYPE_CHECKING:
    from stripe import StripeClient

CALLS_A_SECOND = 15
NETWORK_RETRIES = 2
RATE_RETRIES = 2
LONGEST_WAIT_S = 5
TIMEOUTS_S = (3.0, 20.0)  # to connect, to answer
PAGE = 100

Call = Callable[["StripeClient"], Any]


def ask(call: Call) -> dict[str, Any]:
    """Ask Stripe for one object and return it as plain data.

    No unit of work may be open (S2). A rate limit is waited out, shortly. Raises
    PaymentSystemNotConfiguredError, PaymentDeclined, PaymentSystemBusy,
    PaymentSystemUnavailable, MissingAtStripe, RefusedByStripe.
    """
    require_no_unit_of_work()
    client = _client()
    for _ in range(RATE_RETRIES):
        try:
            return _once(client, call)
        except PaymentSystemBusy as busy:
            time.sleep(min(busy.params["retry_after_s"], LONGEST_WAIT_S))
    return _once(client, call)


def ask_all(list_page: Callable[["StripeClient", Any], Any]) -> Iterator[dict[str, Any]]:
    """Walk through every object of a list, page by page; `list_page` gets the page's parameters.

    Raises as `ask`.
    """
    page: dict[str, Any] = {"limit": PAGE}
    while True:
        answer = ask(lambda client, page=page: list_page(client, page))  # type: ignore[misc]
        objects: list[dict[str, Any]] = answer["data"]
        yield from objects
        if not answer["has_more"] or not objects:
            return
        page = {"limit": PAGE, "starting_after": objects[-1]["id"]}


def read_plain(client: "StripeClient", path: str, params: Mapping[str, Any]) -> Any:
    """Get what is read most without the SDK's objects: building them takes longer than asking."""
    return client.raw_request("get", path, **params)


def keyed(*parts: object) -> dict[str, Any]:
    """Request options with a deterministic idempotency key: a restart creates nothing twice (S2).

    Name the row or the caller's key, and what is done to it.
    """
    return {"idempotency_key": ":".join(["tierline", *map(str, parts)])}


def _once(client: "StripeClient", call: Call) -> dict[str, Any]:
    import stripe  # noqa: PLC0415 - its import takes most of a second

    _bucket().take()
    try:
        answer: Any = call(client)
    except stripe.StripeError as error:
        raise translated(error) from error
    is_plain = isinstance(answer, stripe.StripeResponse)
    plain: dict[str, Any] = answer.data if is_plain else answer.to_dict(for_json=True)
    return plain


@cache
def _client() -> "StripeClient":
    settings = billing_settings()
    if settings.stripe_secret_key is None:
        raise PaymentSystemNotConfiguredError
    import stripe  # noqa: PLC0415

    return stripe.StripeClient(
        settings.stripe_secret_key.get_secret_value(),
        base_addresses={"api": settings.stripe_api_base},
        max_network_retries=NETWORK_RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUTS_S),
    )


@cache
def _bucket() -> TokenBucket:
    endless = billing_settings().at_sandbox
    return TokenBucket(None if endless else CALLS_A_SECOND)


def forget_client() -> None:
    """Begin with the settings anew; for processes whose settings were replaced."""
    _client.cache_clear()
    _bucket.cache_clear()
