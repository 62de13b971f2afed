"""What choosing a tier would mean for whoever has another one (D19, D21); pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.modules.billing.models import BillingSource, SubscriptionStatus


class TierChange(StrEnum):
    """What the button at a tier does."""

    CURRENT = "current"
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    CHECKOUT = "checkout"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Held:
    """What is subscribed to now."""

    tier_id: int
    rank: int
    is_annual: bool
    status: str
    billing_source: str
    is_at_stripe: bool


@dataclass(frozen=True)
class Offered:
    """A tier at one interval; `is_for_sale` when it has a price there and takes subscribers."""

    tier_id: int
    rank: int
    is_annual: bool
    is_for_sale: bool


ENDED = {SubscriptionStatus.EXPIRED, SubscriptionStatus.CANCELLED}
PAY_FIRST = {
    SubscriptionStatus.PAST_DUE,
    SubscriptionStatus.UNPAID,
    SubscriptionStatus.INCOMPLETE,
    SubscriptionStatus.PAUSED,
}
BY_OPERATOR = {BillingSource.MANUAL, BillingSource.COMP}


def change_to(held: Held | None, offered: Offered) -> TierChange:
    """Return what choosing `offered` means.

    Who pays nothing through Stripe yet, or no longer, goes through checkout; what is unpaid is
    paid first; else a higher rank is an upgrade, and so is a year instead of a month.
    """
    if held is not None and held.status not in ENDED and _is_same(held, offered):
        trying = held.status == SubscriptionStatus.TRIAL and not held.is_at_stripe
        return TierChange.CHECKOUT if trying and offered.is_for_sale else TierChange.CURRENT
    if not offered.is_for_sale:
        return TierChange.UNAVAILABLE
    if held is None or held.status in ENDED:
        return TierChange.CHECKOUT
    if held.status in PAY_FIRST:
        return TierChange.UNAVAILABLE
    if held.billing_source in BY_OPERATOR or not held.is_at_stripe:
        return TierChange.CHECKOUT
    upward = is_upgrade(held.rank, offered.rank, to_annual=_to_annual(held, offered))
    return TierChange.UPGRADE if upward else TierChange.DOWNGRADE


def is_upgrade(rank: int, to_rank: int, *, to_annual: bool | None) -> bool:
    """Whether a change counts at once: a higher rank, or the same tier for a year (D21).

    `to_annual` is None where the tier itself changes.
    """
    return to_rank > rank if to_annual is None else to_annual


def _to_annual(held: Held, offered: Offered) -> bool | None:
    return offered.is_annual if held.tier_id == offered.tier_id else None


def _is_same(held: Held, offered: Offered) -> bool:
    return held.tier_id == offered.tier_id and held.is_annual == offered.is_annual
