"""Secret keys: bearer or basic, test mode only."""

import base64
import binascii

from sandbox.wire.errors import StripeError

LIVE_PREFIXES = ("sk_live_", "rk_live_", "pk_live_")
TEST_PREFIXES = ("sk_test_", "rk_test_")


class LiveKeyError(ValueError):
    """A live key was given to the sandbox."""


def refuse_live_key(name: str, value: str | None) -> None:
    """Raise LiveKeyError when a live key is about to meet the sandbox (S17)."""
    if value and value.startswith(LIVE_PREFIXES):
        raise LiveKeyError(
            f"{name} holds a live key. The sandbox only works with test keys, so that nobody "
            "takes its payments for real ones. Use a key that begins with sk_test_."
        )


def check_key(authorization: str | None) -> str:
    """The secret key of an Authorization header; Stripe's 401 when there is no usable one."""
    key = _key_of(authorization or "")
    if not key:
        raise _refused(
            "You did not provide an API key. You need to provide your API key in the "
            "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
            "YOUR_SECRET_KEY')."
        )
    if key.startswith(LIVE_PREFIXES):
        raise _refused("Live keys are refused here: this is a sandbox. Use a key in test mode.")
    if not key.startswith(TEST_PREFIXES) or len(key) < 10:
        raise _refused(f"Invalid API Key provided: {key[:8]}{'*' * 8}{key[-4:]}")
    return key


def _key_of(authorization: str) -> str:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _refused(message: str) -> StripeError:
    return StripeError(message, status=401)
