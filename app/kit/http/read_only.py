"""Visits that may look and change nothing."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from app.kit.errors import Forbidden
from app.kit.http.context import request_context
from app.kit.http.csrf import SAFE_METHODS

_MARK = "__open_to_viewers__"


class ReadOnlyView(Forbidden):
    """Whoever only looks at somebody else's pages may not change anything there."""

    code = "read_only_view"


def open_to_viewers(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Mark an unsafe endpoint that also serves who only looks: the ways out of the view."""
    setattr(endpoint, _MARK, True)
    return endpoint


def is_open_to_viewers(endpoint: Callable[..., Any]) -> bool:
    """Whether an endpoint was marked by `open_to_viewers`."""
    return getattr(endpoint, _MARK, False)


def refuse_viewers(request: Request) -> None:
    """Refuse every unsafe method to who only looks. Raises ReadOnlyView."""
    principal = request_context().principal
    if principal is None or not principal.is_read_only:
        return
    if request.method not in SAFE_METHODS:
        raise ReadOnlyView
