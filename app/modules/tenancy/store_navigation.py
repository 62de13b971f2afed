"""Where people go in a store."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.tenancy.permissions import ENTER_STORE, VIEW_TEAM

GROUP = "tenancy.store.navigation"

STORE_NAVIGATION = (
    NavigationEntry(
        area=Area.STORE,
        group=GROUP,
        label="tenancy.store.dashboard",
        href="/store/{store_code}",
        icon="layout-dashboard",
        permission=ENTER_STORE,
        order=10,
    ),
    NavigationEntry(
        area=Area.STORE,
        group=GROUP,
        label="tenancy.store.team",
        href="/store/{store_code}/team",
        icon="users",
        permission=VIEW_TEAM,
        order=60,
    ),
)
