"""Secrets that are handed out once and kept as hashes."""

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """Return a fresh secret of 256 bits, safe in addresses and headers."""
    return prefix + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return what is stored of a secret; its randomness makes a plain hash enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
