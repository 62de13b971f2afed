"""What one subscription adds to the figures, and what a change of it does; pure (D27)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from app.modules.billing.models import (
    CUSTOMER,
    EARNING,
    PAID_FOR,
    Figure,
    SubscriptionStatus,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The columns of a subscription that figures are made of."""

    tier_id: int
    status: str
    billing_source: str
    arr_cents: int

    @classmethod
    def of(cls, columns: Mapping[str, Any], arr_cents: int) -> Self:
        """Return the standing of some columns of a subscription."""
        return cls(columns["tier_id"], columns["status"], columns["billing_source"], arr_cents)

    @property
    def counted_arr_cents(self) -> int:
        """What counts for the annual revenue: no trials, nothing given for free (D27)."""
        counts = self.status in EARNING and self.billing_source in PAID_FOR
        return self.arr_cents if counts else 0

    @property
    def is_customer(self) -> bool:
        """Whether it has begun in earnest and has not ended."""
        return self.status in CUSTOMER

    @property
    def is_trial(self) -> bool:
        """Whether it is being tried."""
        return self.status == SubscriptionStatus.TRIAL

    @property
    def is_bought(self) -> bool:
        """Whether somebody pays for it, or is asked to."""
        return self.is_customer and self.billing_source in PAID_FOR


def happened(before: Standing | None, after: Standing) -> Iterator[Figure]:
    """Yield what a change means for churn and for the conversion of trials (D27)."""
    was_customer = before is not None and before.is_customer
    if after.is_customer and not was_customer:
        yield Figure.BEGAN
    if was_customer and not after.is_customer:
        yield Figure.ENDED
    if before is not None and before.is_trial and not after.is_trial:
        yield Figure.TRIAL_ENDED
        if after.is_bought:
            yield Figure.TRIAL_CONVERTED
