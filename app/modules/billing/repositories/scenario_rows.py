"""Who pays for some tiers, and for whom their limits do not hold; the tiers first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.modules.billing.models import (
    EARNING,
    PAID_FOR,
    MerchantFeatureOverride,
    MerchantSubscription,
)
from app.modules.billing.repositories.tier_usage import LIVE


def payers(
    session: Session, tier_ids: Sequence[int]
) -> Mapping[int, Mapping[bool, tuple[int, int]]]:
    """Return how many pay for each tier and what they bring a year, by whether it is by the year.

    Amounts in minor units; who pays nothing is left out (D27).
    """
    one = MerchantSubscription
    rows = session.execute(
        select(one.tier_id, one.is_annual, func.count(), func.sum(one.arr_cents))
        .where(
            one.tier_id.in_(tier_ids),
            one.status.in_(EARNING),
            one.billing_source.in_(PAID_FOR),
            one.arr_cents > 0,
        )
        .group_by(one.tier_id, one.is_annual)
    )
    found: dict[int, dict[bool, tuple[int, int]]] = defaultdict(dict)
    for tier_id, is_annual, count, arr_cents in rows:
        found[tier_id][is_annual] = (count, int(arr_cents))
    return found


def excepted(
    session: Session, tier_ids: Sequence[int], codes: Sequence[str], *, at: datetime
) -> dict[tuple[int, str], int]:
    """Return how many live subscriptions have an exception that holds `at`, by tier and feature."""
    one, override = MerchantSubscription, MerchantFeatureOverride
    rows = session.execute(
        select(one.tier_id, override.feature_code, func.count())
        .join(
            override,
            and_(override.merchant_id == one.merchant_id, override.platform_id == one.platform_id),
        )
        .where(
            one.tier_id.in_(tier_ids),
            one.status.in_(LIVE),
            override.feature_code.in_(codes),
            or_(override.expires_at.is_(None), override.expires_at > at),
        )
        .group_by(one.tier_id, override.feature_code)
    )
    return {(tier_id, code): count for tier_id, code, count in rows}
