"""Secrets and signatures as Standard Webhooks has them; no session, no clock."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

PREFIX = "whsec_"
SEED_BYTES = 18


def new_seed() -> str:
    """Return what a new secret is derived from."""
    return secrets.token_urlsafe(SEED_BYTES)


def derive_secret(key: str, seed: str) -> str:
    """Return the secret of a seed as its receiver gets it: `whsec_` and base64."""
    derived = hmac.new(key.encode(), f"webhook-endpoint:{seed}".encode(), hashlib.sha256)
    return PREFIX + base64.b64encode(derived.digest()).decode()


def signature_headers(
    secrets_held: Sequence[str], *, event_id: str, timestamp: int, body: str
) -> dict[str, str]:
    """Return the three headers of a message, signed by every secret that holds.

    `timestamp` is in seconds since 1970.
    """
    signed = f"{event_id}.{timestamp}.{body}".encode()
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_sign(one, signed) for one in secrets_held),
    }


def _sign(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
