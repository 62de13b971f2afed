"""The end of a tier that nobody has (D26)."""

from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.billing.exceptions import TierInUse, TierIsPlatformChoice
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.repositories import tiers
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.tier_audit import record_tier


def delete_tier(
    work: UnitOfWork, operator: Operator, tier: SubscriptionTier, *, expected: int | None
) -> None:
    """Delete a tier with its limits and prices; a shipped one does not return (D7).

    Raises PreconditionFailed, TierInUse, TierIsPlatformChoice.
    """
    check_version(tier.version, expected)
    subscribers = tiers.count_subscribers(work.session, tier.id)
    if subscribers:
        raise TierInUse(subscribers=subscribers)
    if tiers.is_platform_choice(work.session, tier.id):
        raise TierIsPlatformChoice
    record_tier(work, operator, tier, "tier.deleted", before={"code": tier.code})
    work.session.delete(tier)
    entitlements_changed(work, tier.platform_id)
