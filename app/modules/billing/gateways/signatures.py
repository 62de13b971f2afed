"""Whether a webhook was really sent by Stripe (S11)."""

import json
from typing import Any

from app.kit.errors import BadRequest
from app.modules.billing.exceptions import PaymentSystemNotConfiguredError
from app.modules.billing.settings import billing_settings

TOLERANCE_S = 300


class BadWebhookSignature(BadRequest):
    """The signature is missing, wrong or too old; nothing was stored."""

    code = "bad_webhook_signature"


class UnreadableWebhook(BadRequest):
    """The signed body is no event."""

    code = "unreadable_webhook"


def construct_event(payload: bytes, signature: str | None) -> dict[str, Any]:
    """Return the event of a webhook that one of our secrets signed, as plain data.

    Raises PaymentSystemNotConfiguredError, BadWebhookSignature, UnreadableWebhook.
    """
    secrets = billing_settings().webhook_secrets
    if not secrets:
        raise PaymentSystemNotConfiguredError
    if not any(_is_signed(payload, signature, secret) for secret in secrets):
        raise BadWebhookSignature
    try:
        event = json.loads(payload)
    except (ValueError, RecursionError) as wrong:
        raise UnreadableWebhook from wrong
    if not _is_event(event):
        raise UnreadableWebhook
    return dict(event)


def _is_signed(payload: bytes, signature: str | None, secret: str) -> bool:
    from stripe import SignatureVerificationError, WebhookSignature  # noqa: PLC0415

    try:
        text = payload.decode()
        return bool(WebhookSignature.verify_header(text, signature or "", secret, TOLERANCE_S))
    except (SignatureVerificationError, ValueError):
        return False


def _is_event(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and isinstance(event.get("id"), str)
        and isinstance(event.get("type"), str)
        and isinstance(event.get("created"), int)
        and isinstance(event.get("data"), dict)
        and isinstance(event["data"].get("object"), dict)
    )
