"""A new tier of a platform (D25)."""

from dataclasses import dataclass
from typing import Any

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import TierCodeTaken
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.find_tier import refuse_unwritable
from app.modules.billing.services.tier_audit import record_tier
from app.modules.billing.services.tier_draft import checked_code, checked_fields
from app.modules.billing.services.tier_prices import keep_prices
from app.modules.tenancy.public import get_platform_ref


@dataclass(frozen=True)
class TierDraft:
    """A tier to be; `fields` are the columns that operators write."""

    platform_id: int
    code: str
    fields: dict[str, Any]


def create_tier(work: UnitOfWork, operator: Operator, *, draft: TierDraft) -> SubscriptionTier:
    """Add a tier without features, in the platform's currency.

    Raises PlatformNotFound, Forbidden, InvalidInput, TierCodeTaken, StripePriceTaken.
    """
    platform = get_platform_ref(work, operator.scope, draft.platform_id)
    refuse_unwritable(operator, platform.id)
    fields = checked_fields(draft.fields)
    tier = SubscriptionTier(
        platform_id=platform.id,
        code=checked_code(draft.code),
        currency=platform.currency,
        created_at=business_now(),
        **fields,
    )
    with work.conflicts({"subscription_tiers.platform_id": TierCodeTaken}):
        work.session.add(tier)
    keep_prices(work, tier)
    record_tier(work, operator, tier, "tier.created", after={"code": tier.code, **fields})
    entitlements_changed(work, tier.platform_id)
    return tier
