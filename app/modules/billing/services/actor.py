"""Who changes something, for the audit log."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The principal's stable name and the request, as audit entries keep them."""

    name: str
    request_id: str | None = None
