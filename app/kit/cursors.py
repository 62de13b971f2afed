"""Cursors of keyset pages: opaque, signed, and good only for the list they came from."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from hmac import compare_digest
from secrets import token_bytes
from typing import Any

from app.kit.errors import BadRequest

Position = Sequence[Any]

_READERS: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "Decimal": Decimal,
}
_SIGNATURE_BYTES = 12

_key = token_bytes(32)


class InvalidCursor(BadRequest):
    """The cursor is damaged, or belongs to another list, sort or filter."""

    code = "invalid_cursor"


def configure_cursors(secret_key: str) -> None:
    """Install the key that signs cursors; the same one in every process."""
    global _key
    _key = blake2b(secret_key.encode(), person=b"page-cursors").digest()


def write_cursor(position: Position, belongs_to: Any) -> str:
    """Return the cursor that continues after `position` in the list described by `belongs_to`."""
    body = json.dumps([_plain(value) for value in position], separators=(",", ":")).encode()
    return urlsafe_b64encode(_signature(body, belongs_to) + body).rstrip(b"=").decode()


def read_cursor(cursor: str, belongs_to: Any) -> Position:
    """Return where a list continues. Raises InvalidCursor."""
    try:
        signed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (NotBase64, ValueError) as damaged:
        raise InvalidCursor from damaged
    signature, body = signed[:_SIGNATURE_BYTES], signed[_SIGNATURE_BYTES:]
    if not compare_digest(signature, _signature(body, belongs_to)):
        raise InvalidCursor
    return [_value(plain) for plain in json.loads(body)]


def _signature(body: bytes, belongs_to: Any) -> bytes:
    owner = json.dumps(belongs_to, default=str).encode()
    digest = blake2b(key=_key, digest_size=_SIGNATURE_BYTES)
    digest.update(len(owner).to_bytes(4, "big") + owner + body)
    return digest.digest()


def _plain(value: Any) -> Any:
    """A value as JSON; kinds that JSON lacks become a pair of their name and text."""
    for kind in (datetime, date, Decimal):  # a datetime is a date too, so it is asked first
        if isinstance(value, kind):
            return [kind.__name__, str(value)]
    return value


def _value(plain: Any) -> Any:
    return _READERS[plain[0]](plain[1]) if isinstance(plain, list) else plain
