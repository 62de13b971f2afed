"""Who changes something, and where."""

from dataclasses import dataclass

from app.contracts.tenants import AdminScope


@dataclass(frozen=True)
class Actor:
    """The principal's stable name and the request, as audit entries keep them."""

    name: str
    request_id: str | None = None


@dataclass(frozen=True)
class Operator:
    """An admin at work: the platforms that may be seen, and those whose tiers may be written."""

    actor: Actor
    scope: AdminScope
    writes: AdminScope
