"""Passwords, hashed with argon2id; never inside a write transaction (house rule 5)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.kit.errors import InvalidInput

MIN_LENGTH = 8
MAX_LENGTH = 200

_hasher = PasswordHasher()


def configure_hasher(hasher: PasswordHasher) -> None:
    """Choose the cost of hashing; tests take a cheap one."""
    global _hasher
    _hasher = hasher
    _unknown_users_hash.cache_clear()


def hash_password(password: str) -> str:
    """Return the hash to store. Raises InvalidInput for one too short or too long."""
    if len(password) < MIN_LENGTH:
        raise InvalidInput.at("/password", "password_too_short", shortest=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise InvalidInput.at("/password", "password_too_long", longest=MAX_LENGTH)
    return _hasher.hash(password)


def password_fits(password: str, stored: str | None) -> bool:
    """Whether a password is the one; takes as long when there is no account (no enumeration)."""
    try:
        _hasher.verify(stored or _unknown_users_hash(), password[:MAX_LENGTH])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with an older cost."""
    return _hasher.check_needs_rehash(stored)


@cache
def _unknown_users_hash() -> str:
    return _hasher.hash("nobody has this password")
