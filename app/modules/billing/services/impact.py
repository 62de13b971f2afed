"""Who would be over a limit that is about to be lowered (D26)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.repositories import tier_usage
from app.modules.billing.services.tier_limits import LimitEntry, check_entries
from app.modules.tenancy.public import merchant_names

SAMPLE = 50


@dataclass(frozen=True)
class OverMerchant:
    """A merchant that a wished limit would put over it."""

    id: int
    name: str
    feature_code: str
    current: int


@dataclass(frozen=True)
class Impact:
    """How many merchants would be over, some of them by name, and by which features."""

    over: int
    sample: list[OverMerchant]
    codes: list[str]


def impact_of(work: UnitOfWork, tier: SubscriptionTier, wishes: Sequence[LimitEntry]) -> Impact:
    """Count the subscribers that use more than the wished limits; nothing is written."""
    check_entries(wishes)
    found = [
        (row.merchant_id, wish.feature_code, row.used)
        for wish in wishes
        if wish.limit_value is not None or not wish.enabled
        for row in tier_usage.over_limit(
            work.session,
            tier.id,
            wish.feature_code,
            (wish.limit_value or 0) if wish.enabled else 0,
            at=business_now(),
        )
    ]
    names = merchant_names(work, [merchant_id for merchant_id, _, _ in found[:SAMPLE]])
    return Impact(
        over=len({merchant_id for merchant_id, _, _ in found}),
        sample=[
            OverMerchant(merchant_id, names[merchant_id], code, used)
            for merchant_id, code, used in found[:SAMPLE]
        ],
        codes=sorted({code for _, code, _ in found}),
    )
