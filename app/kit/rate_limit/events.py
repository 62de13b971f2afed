"""What a rate limit needs to remember, and the port through which it does."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

Record = Literal["never", "if_room", "always"]


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` events within `window`."""

    limit: int
    window: timedelta


class Events(Protocol):
    """The newest events of each key, as many as its rate allows; older ones do not count."""

    def ask(self, key: str, rate: Rate, *, record: Record) -> timedelta | None:
        """Return how long until there is room for an event of `key`; None when there is.

        In the same breath an event is recorded: never, if there was room for it, or always.
        Nobody's event comes between the question and the record.
        """
