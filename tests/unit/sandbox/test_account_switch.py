"""With `STRIPE_TEST_KEY` the contract's tests run at Stripe's test mode as well (S20)."""

from typing import Any
from urllib.parse import urlsplit

import pytest
import stripe

from sandbox.wire.keys import LiveKeyError
from tests.contract.stripe.account import LOOPBACK, accounts, client

GIVEN = {"STRIPE_TEST_KEY": "sk_test_51given"}


@pytest.mark.parametrize("environment", [{}, {"STRIPE_TEST_KEY": ""}])
def test_it_stays_at_the_sandbox_without_a_key(environment: dict[str, str]) -> None:
    assert accounts(environment) == ["sandbox"]


def test_it_adds_stripe_and_opens_its_host_alone_with_a_key() -> None:
    sandbox, added = accounts(GIVEN)
    assert sandbox == "sandbox"
    assert added.values == ("stripe",)
    (mark,) = added.marks
    assert (mark.name, mark.args) == (
        "allow_hosts",
        ([*LOOPBACK, urlsplit(stripe.DEFAULT_API_BASE).hostname],),
    )


@pytest.mark.parametrize("key", ["sk_live_51abc", "rk_live_51abc"])
def test_it_refuses_a_live_key(key: str) -> None:
    with pytest.raises(LiveKeyError, match="STRIPE_TEST_KEY holds a live key") as refused:
        accounts({"STRIPE_TEST_KEY": key})
    assert key not in str(refused.value)


def asked(opened: stripe.StripeClient, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Address and key of a request that is caught before it leaves."""
    seen: dict[str, Any] = {}

    def catch(_self: object, _method: str, url: str, headers: Any, *_rest: Any) -> Any:
        seen.update(url=url, key=headers["Authorization"])
        return b'{"id": "acct_1", "object": "account"}', 200, {}

    monkeypatch.setattr(stripe.RequestsClient, "request", lambda *given, **_options: catch(*given))
    opened.v1.accounts.retrieve_current()
    return seen["url"], seen["key"]


def test_it_asks_stripe_itself_with_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    url, key = asked(client("sk_test_51given"), monkeypatch)
    assert url == f"{stripe.DEFAULT_API_BASE}/v1/account"
    assert key == "Bearer sk_test_51given"


def test_it_asks_the_sandbox_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    url, _ = asked(client("sk_test_51given", "http://127.0.0.1:9"), monkeypatch)
    assert url == "http://127.0.0.1:9/v1/account"
