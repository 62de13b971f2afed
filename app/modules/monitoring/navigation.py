"""Where health, capacity and analytics are found."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.monitoring.permissions import VIEW_ANALYTICS, VIEW_HEALTH

NAVIGATION = (
    NavigationEntry(
        Area.ADMIN,
        "billing.navigation.sales",
        "monitoring.analytics.title",
        "/admin/analytics",
        icon="chart-line",
        permission=VIEW_HEALTH,
        order=28,
    ),
    NavigationEntry(
        Area.ADMIN,
        "core.navigation.system",
        "monitoring.health.title",
        "/admin/platform-health",
        icon="activity",
        permission=VIEW_HEALTH,
        order=80,
    ),
    NavigationEntry(
        Area.ADMIN,
        "core.navigation.system",
        "monitoring.capacity.title",
        "/admin/platform-health/capacity",
        icon="gauge",
        permission=VIEW_HEALTH,
        order=81,
    ),
    NavigationEntry(
        Area.STORE,
        "tenancy.store.navigation",
        "monitoring.store.title",
        "/store/{store_code}/analytics",
        icon="chart-line",
        permission=VIEW_ANALYTICS,
        order=60,
    ),
)
