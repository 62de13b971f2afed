"""What is owed, told by the open invoices of one subscription; pure (D11, D20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice whose payment was tried and failed; it failed first when it was issued."""

    invoiced_at: datetime
    attempt_count: int


@dataclass(frozen=True, slots=True)
class Dunning:
    """How often the latest was tried, and since when the oldest is owed."""

    retry_count: int = 0
    since: datetime | None = None


def dunning_of(invoices: Sequence[OpenInvoice], *, otherwise_since: datetime) -> Dunning:
    """Return what the open invoices of a subscription in arrears say.

    `otherwise_since` stands in while the invoice itself is not known yet.
    """
    failed = sorted(
        (one for one in invoices if one.attempt_count > 0), key=lambda one: one.invoiced_at
    )
    if not failed:
        return Dunning(0, otherwise_since)
    return Dunning(failed[-1].attempt_count, failed[0].invoiced_at)
