"""Names of requests, for logs and for whoever reports a problem."""

import re
from secrets import token_hex

_SAFE = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


def request_id_of(given: str) -> str:
    """Return the id that the asker gave, if it is harmless, else a new one."""
    return given if _SAFE.match(given) else token_hex(16)
