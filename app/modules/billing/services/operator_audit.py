"""The trail that an operator's hand leaves on a subscription (D28)."""

from typing import Any

from app.kit.db import UnitOfWork
from app.modules.billing.models import MerchantSubscription
from app.modules.billing.services.actor import Operator
from app.modules.core.public import AuditTarget, record_audit

_SEEN = ("tier_id", "status", "billing_source", "is_annual", "unit_amount_cents")
_INSTANTS = ("period_end", "trial_ends_at", "grace_until")


def seen(subscription: MerchantSubscription) -> dict[str, Any]:
    """Return what an audit entry shows of a subscription; take it before changing anything."""
    plain = {name: getattr(subscription, name) for name in _SEEN}
    instants = {name: getattr(subscription, name) for name in _INSTANTS}
    return plain | {name: at and at.isoformat() for name, at in instants.items()}


def audit_operator(
    work: UnitOfWork,
    operator: Operator,
    subscription: MerchantSubscription,
    action: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add an audit entry about a subscription in the same transaction."""
    record_audit(
        work,
        operator.actor.name,
        action=action,
        target=AuditTarget(
            "subscription",
            subscription.id,
            platform_id=subscription.platform_id,
            merchant_id=subscription.merchant_id,
        ),
        before=before,
        after=after,
        request_id=operator.actor.request_id,
    )
