"""Requests with the character NUL: no text has it, and PostgreSQL cannot store it."""

import json
import re

from starlette.requests import Request
from starlette.types import Scope

from app.kit.errors import BadRequest

_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # after an even number of backslashes: an escape


class NulCharacter(BadRequest):
    """An address or a body holds the character NUL."""

    code = "nul_character"


def has_nul_in_address(scope: Scope) -> bool:
    """Whether path or query of a request hold NUL."""
    return "\0" in scope["path"] or b"%00" in scope["query_string"]


async def refuse_nul_in_body(request: Request) -> None:
    """Look through a body of JSON. Raises NulCharacter."""
    if "json" not in request.headers.get("content-type", ""):
        return
    body = await request.body()
    text = body.decode(json.detect_encoding(body), "replace")
    if _ESCAPED.search(text):
        raise NulCharacter
