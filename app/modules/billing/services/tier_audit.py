"""The trail that writing a tier leaves (D28)."""

from typing import Any

from app.kit.db import UnitOfWork
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.services.actor import Operator
from app.modules.core.public import AuditTarget, record_audit


def record_tier(
    work: UnitOfWork,
    operator: Operator,
    tier: SubscriptionTier,
    action: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add an audit entry about a tier in the same transaction."""
    record_audit(
        work,
        operator.actor.name,
        action=action,
        target=AuditTarget("tier", tier.id, platform_id=tier.platform_id),
        before=before,
        after=after,
        request_id=operator.actor.request_id,
    )
