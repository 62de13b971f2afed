"""`Stripe-Signature`: what a receiver checks with its secret."""

import hashlib
import hmac


def signature(payload: bytes, *, secret: str, timestamp: int) -> str:
    """The header's value for a body sent at `timestamp` (real seconds)."""
    signed = b"%d.%s" % (timestamp, payload)
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"
