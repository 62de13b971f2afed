"""What is known of the request being answered; one object for the event loop and its threads."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol


class Principal(Protocol):
    """Who asks: a person by a session, or a program by a token."""

    @property
    def actor(self) -> str:
        """Stable name for logs, audit and idempotency, such as `user:7` or `token:3`."""

    @property
    def display_name(self) -> str:
        """How pages call the person."""

    @property
    def email(self) -> str:
        """Where the person is reached."""

    @property
    def locale(self) -> str | None:
        """Preferred language, or None."""

    @property
    def is_read_only(self) -> bool:
        """Whether this visit may look and change nothing."""

    def may(self, permission: str) -> bool:
        """Whether the permission is held apart from any single tenant."""


class Place(Protocol):
    """The tenant in which a page plays; set by the guard that let the reader in."""

    @property
    def area(self) -> str:
        """Which rail of navigation belongs to it."""

    @property
    def label(self) -> str:
        """How the top bar calls it."""

    @property
    def params(self) -> dict[str, str]:
        """Values that fill the addresses of the rail, such as the store's code."""

    @property
    def query(self) -> str:
        """What the addresses of the rail carry to stay in this place, from `?` on; or nothing."""

    def may(self, permission: str) -> bool:
        """Whether the reader holds a permission here."""


@dataclass
class RequestContext:
    """Set by the outermost middleware, completed on the way in."""

    request_id: str
    address: str = ""
    principal: Principal | None = None
    place: Place | None = None
    session_token: str | None = None
    remember_locale: str | None = None


_context: ContextVar[RequestContext | None] = ContextVar("request_context", default=None)


def begin_request(context: RequestContext) -> None:
    """Make `context` that of the present task and of the threads it starts."""
    _context.set(context)


def request_context() -> RequestContext:
    """Return the context of the present request."""
    context = _context.get()
    if context is None:
        raise RuntimeError("no request is being answered here")
    return context
