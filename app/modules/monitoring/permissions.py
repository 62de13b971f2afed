"""What may be done with figures of the platform and of stores (D2)."""

from app.contracts.permissions import ADMINS, MANAGERS, Permission

VIEW_HEALTH = "monitoring.view_health"
TAKE_SNAPSHOT = "monitoring.take_snapshot"
VIEW_ANALYTICS = "monitoring.view_analytics"

PERMISSIONS = (
    Permission(VIEW_HEALTH, ADMINS, scope="admin:read"),
    Permission(TAKE_SNAPSHOT, ADMINS, scope="admin:write"),
    Permission(VIEW_ANALYTICS, MANAGERS, scope="read"),
)
