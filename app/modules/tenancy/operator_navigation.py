"""Where operators and owners find their pages."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.tenancy.permissions import MANAGE_USERS, VIEW_ADMIN, VIEW_MERCHANT

TENANTS = "tenancy.navigation.tenants"
SYSTEM = "core.navigation.system"
MERCHANT = "tenancy.navigation.merchant"

OPERATOR_NAVIGATION = (
    NavigationEntry(
        Area.ADMIN,
        TENANTS,
        "tenancy.dashboard.title",
        "/admin",
        icon="layout-dashboard",
        permission=VIEW_ADMIN,
        order=10,
    ),
    NavigationEntry(
        Area.ADMIN,
        TENANTS,
        "tenancy.platforms.title",
        "/admin/platforms",
        icon="layers",
        permission=VIEW_ADMIN,
        order=11,
    ),
    NavigationEntry(
        Area.ADMIN,
        TENANTS,
        "tenancy.merchants.title",
        "/admin/merchants",
        icon="building-2",
        permission=VIEW_ADMIN,
        order=12,
    ),
    NavigationEntry(
        Area.ADMIN,
        TENANTS,
        "tenancy.stores.title",
        "/admin/stores",
        icon="store",
        permission=VIEW_ADMIN,
        order=13,
    ),
    NavigationEntry(
        Area.ADMIN,
        TENANTS,
        "tenancy.people.title",
        "/admin/merchant-users",
        icon="users",
        permission=VIEW_ADMIN,
        order=14,
    ),
    NavigationEntry(
        Area.ADMIN,
        SYSTEM,
        "tenancy.users.title",
        "/admin/users",
        icon="user-cog",
        permission=MANAGE_USERS,
        order=90,
    ),
    NavigationEntry(
        Area.MERCHANT,
        MERCHANT,
        "tenancy.overview.title",
        "/merchant",
        icon="layout-dashboard",
        permission=VIEW_MERCHANT,
        order=10,
    ),
    NavigationEntry(
        Area.MERCHANT,
        MERCHANT,
        "tenancy.stores.title",
        "/merchant/stores",
        icon="store",
        permission=VIEW_MERCHANT,
        order=11,
    ),
    NavigationEntry(
        Area.MERCHANT,
        MERCHANT,
        "tenancy.own_team.title",
        "/merchant/team",
        icon="users",
        permission=VIEW_MERCHANT,
        order=12,
    ),
)
