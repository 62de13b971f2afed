"""Stripe's errors become ours, and keep nothing internal (S4)."""

from typing import Any

import pytest
import stripe

from app.kit.errors import AppError
from app.modules.billing.exceptions import (
    PaymentDeclined,
    PaymentSystemBusy,
    PaymentSystemUnavailable,
)
from app.modules.billing.gateways.errors import MissingAtStripe, RefusedByStripe, translated

THEIRS: Any = stripe  # its errors have untyped constructors


def test_hands_on_what_stripe_says_to_the_buyer() -> None:
    error = translated(
        THEIRS.CardError("Your card was declined.", "card", "card_declined", http_status=402)
    )
    assert isinstance(error, PaymentDeclined)
    assert error.params == {"message": "Your card was declined."}


@pytest.mark.parametrize(("header", "seconds"), [({"retry-after": "7"}, 7), ({}, 2), (None, 2)])
def test_says_how_long_to_wait(header: dict[str, str] | None, seconds: int) -> None:
    error = translated(THEIRS.RateLimitError("slow down", http_status=429, headers=header))
    assert isinstance(error, PaymentSystemBusy)
    assert error.params == {"retry_after_s": seconds}


@pytest.mark.parametrize(
    "theirs",
    [
        THEIRS.APIConnectionError("no route to sk_test_secret"),
        THEIRS.APIError("boom", http_status=500),
        THEIRS.AuthenticationError("Invalid API Key provided: sk_test_****", http_status=401),
        THEIRS.PermissionError("not yours", http_status=403),
    ],
)
def test_shows_nothing_of_what_went_wrong(theirs: stripe.StripeError) -> None:
    error = translated(theirs)
    assert type(error) is PaymentSystemUnavailable
    assert error.params == {}


@pytest.mark.parametrize(
    ("code", "expected"),
    [("resource_missing", MissingAtStripe), ("parameter_unknown", RefusedByStripe)],
)
def test_tells_missing_objects_from_refusals(code: str, expected: type[AppError]) -> None:
    error = translated(THEIRS.InvalidRequestError("no", "id", code=code, http_status=400))
    assert type(error) is expected
