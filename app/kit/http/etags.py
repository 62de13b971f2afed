"""Versions of editable things as entity tags: `"v7"`."""

import re
from typing import Annotated

from fastapi import Depends, Header
from starlette.responses import Response

from app.kit.errors import PreconditionFailed

_TAG = re.compile(r'^(?:W/)?"v(\d{1,18})"$')


def set_etag(response: Response, version: int) -> None:
    """Tell the reader which version was answered."""
    response.headers["ETag"] = f'"v{version}"'


def expected_version(if_match: Annotated[str | None, Header()] = None) -> int | None:
    """Return the version that the caller wants to change; None when any will do.

    Raises PreconditionFailed for a tag that no version ever had.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    match = _TAG.match(if_match.strip())
    if match is None:
        raise PreconditionFailed
    return int(match.group(1))


ExpectedVersion = Annotated[int | None, Depends(expected_version)]


def check_version(current: int, expected: int | None) -> None:
    """Refuse to overwrite what somebody else just changed. Raises PreconditionFailed."""
    if expected is not None and expected != current:
        raise PreconditionFailed
