"""Stripe's errors as ours (S4); their details stay in the log."""

from typing import TYPE_CHECKING

import structlog

from app.kit.errors import AppError
from app.modules.billing.exceptions import (
    PaymentDeclined,
    PaymentSystemBusy,
    PaymentSystemUnavailable,
)

if TYPE_CHECKING:
    from stripe import StripeError

_log = structlog.get_logger(__name__)
RETRY_AFTER_S = 2


class MissingAtStripe(PaymentSystemUnavailable):
    """Stripe has no such object; which means a wrong account as often as a deleted object."""

    code = "missing_at_stripe"


class RefusedByStripe(PaymentSystemUnavailable):
    """Stripe refused the request; `reason` is its own code, for callers that know what it means."""

    code = "refused_by_stripe"

    def __init__(self, reason: str | None) -> None:
        super().__init__()
        self.reason = reason


def translated(error: "StripeError") -> AppError:
    """Return our error for one of Stripe's."""
    import stripe  # noqa: PLC0415

    expected = error.code == "resource_missing"  # whoever asks knows what that means
    (_log.info if expected else _log.warning)(
        "stripe_error",
        kind=type(error).__name__,
        code=error.code,
        status=error.http_status,
        stripe_request=error.request_id,
    )
    match error:
        case stripe.CardError():
            return PaymentDeclined(message=error.user_message or "")
        case stripe.RateLimitError():
            return PaymentSystemBusy(retry_after_s=_retry_after_s(error))
        case stripe.InvalidRequestError() if error.code == "resource_missing":
            return MissingAtStripe()
        case stripe.InvalidRequestError():
            return RefusedByStripe(error.code)
    return PaymentSystemUnavailable()


def _retry_after_s(error: "StripeError") -> int:
    said = (error.headers or {}).get("retry-after", "")
    return int(said) if said.isdigit() else RETRY_AFTER_S
