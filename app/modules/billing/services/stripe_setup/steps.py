"""What setting up did, or would do, thing by thing."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one thing at Stripe; with a dry run, what would become of it."""

    UNCHANGED = "unchanged"
    CREATED = "created"
    UPDATED = "updated"
    CHECK = "check"  # nothing that a program can do: a person should look


@dataclass(frozen=True, slots=True)
class Step:
    """One thing: what it is, which one, what became of it, and what to know about it."""

    thing: str
    name: str
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class SetupReport:
    """All steps; `webhook_secret` where an endpoint was made: Stripe tells it only once."""

    steps: tuple[Step, ...]
    webhook_secret: str | None = None

    @property
    def changes(self) -> int:
        """How many things were, or would be, made or changed."""
        return sum(step.outcome in (Outcome.CREATED, Outcome.UPDATED) for step in self.steps)
