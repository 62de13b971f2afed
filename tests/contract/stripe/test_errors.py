"""What the sandbox refuses, Stripe refuses in the same shape (S20)."""

from typing import Any
from uuid import uuid4

import pytest
import stripe

from tests.contract.stripe.account import Account


def refused(call: Any, *given: Any) -> stripe.StripeError:
    with pytest.raises(stripe.StripeError) as error:
        call(*given)
    return error.value


def test_a_customer_that_there_is_not(account: Account) -> None:
    error = refused(account.v1.customers.retrieve, "cus_thereisnone")
    assert isinstance(error, stripe.InvalidRequestError)
    assert (error.http_status, error.code, error.param) == (404, "resource_missing", "id")


def test_a_price_that_there_is_not(account: Account) -> None:
    given = {"customer": account.customer(), "items": [{"price": "price_none"}]}
    error = refused(account.v1.subscriptions.create, given)
    assert isinstance(error, stripe.InvalidRequestError)
    missing = (400, "resource_missing", "items[0][price]")
    assert (error.http_status, error.code, error.param) == missing


def test_a_parameter_that_there_is_not(account: Account) -> None:
    error = refused(account.v1.customers.create, {"nmae": "Shop"})
    assert isinstance(error, stripe.InvalidRequestError)
    assert (error.http_status, error.code, error.param) == (400, "parameter_unknown", "nmae")


def test_a_declined_card(account: Account) -> None:
    error = refused(
        account.v1.payment_methods.attach,
        "pm_card_chargeDeclined",
        {"customer": account.customer()},
    )
    assert isinstance(error, stripe.CardError)
    assert (error.http_status, error.code) == (402, "card_declined")


def test_a_clock_that_is_moved_back(account: Account) -> None:
    clocks = account.v1.test_helpers.test_clocks
    error = refused(clocks.advance, account.clock, {"frozen_time": account.began - 1})
    assert isinstance(error, stripe.InvalidRequestError)
    assert error.http_status == 400


def test_a_key_with_another_body(account: Account) -> None:
    key = {"idempotency_key": uuid4().hex}
    first = account.v1.products.create({"name": "First"}, key)
    assert account.v1.products.create({"name": "First"}, key).id == first.id
    error = refused(account.v1.products.create, {"name": "Second"}, key)
    assert isinstance(error, stripe.IdempotencyError)
    assert error.http_status == 400


def test_a_cancelled_subscription_that_is_changed(account: Account) -> None:
    subscription = account.subscribed()
    account.v1.subscriptions.cancel(subscription.id)
    error = refused(
        account.v1.subscriptions.update, subscription.id, {"cancel_at_period_end": True}
    )
    assert isinstance(error, stripe.InvalidRequestError)
    assert error.http_status == 400
