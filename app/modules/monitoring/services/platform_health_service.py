"""The face of the platform's health."""

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.modules.billing.public import SubscriptionCapacity, subscription_capacity

EVERYWHERE = AdminScope(None)


class PlatformHealthService:
    """How much of what was sold is used, and whether everything works."""

    def get_subscription_capacity(
        self, db: Session, *, scope: AdminScope = EVERYWHERE
    ) -> SubscriptionCapacity:
        """Return what live subscriptions allow and what of it is used (D32)."""
        return subscription_capacity(db, scope)


platform_health_service = PlatformHealthService()
