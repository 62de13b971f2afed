"""The face of the platform's health."""

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.modules.billing.public import (
    Machinery,
    Standing,
    SubscriptionCapacity,
    billing_machinery,
    capacity_standing,
    subscription_capacity,
)
from app.modules.monitoring.services.health_report import HealthReport, health_report

EVERYWHERE = AdminScope(None)


class PlatformHealthService:
    """How much of what was sold is used, and whether everything works."""

    def get_subscription_capacity(
        self, db: Session, *, scope: AdminScope = EVERYWHERE
    ) -> SubscriptionCapacity:
        """Return what live subscriptions allow and what of it is used (D32)."""
        return subscription_capacity(db, scope)

    def get_capacity(self, db: Session, *, scope: AdminScope = EVERYWHERE) -> Standing:
        """Return how much there is of everything, as of the last snapshot."""
        return capacity_standing(db, scope)

    def get_machinery(self, db: Session) -> Machinery:
        """Return what waits or failed of webhooks and jobs, and how far we are from Stripe."""
        return billing_machinery(db)

    def get_health_report(self) -> HealthReport:
        """Look at host, database and every part; opens its own units of work."""
        return health_report()


platform_health_service = PlatformHealthService()
