"""What may be done with tenants and people (D2)."""

from app.contracts.permissions import (
    ADMINS,
    MANAGERS,
    OWNERS,
    STORE_STAFF,
    Permission,
)

VIEW_ADMIN = "tenancy.view_admin"
MANAGE_PLATFORMS = "tenancy.manage_platforms"
MANAGE_MERCHANTS = "tenancy.manage_merchants"
MANAGE_USERS = "tenancy.manage_users"
VIEW_MERCHANT = "tenancy.view_merchant"
MANAGE_STORES = "tenancy.manage_stores"
ENTER_STORE = "tenancy.enter_store"
VIEW_TEAM = "tenancy.view_team"
MANAGE_TEAM = "tenancy.manage_team"

PERMISSIONS = (
    Permission(VIEW_ADMIN, ADMINS, scope="admin:read"),
    Permission(MANAGE_PLATFORMS, frozenset(), scope="admin:write"),
    Permission(MANAGE_MERCHANTS, ADMINS, scope="admin:write"),
    Permission(MANAGE_USERS, frozenset(), scope="admin:write"),
    Permission(VIEW_MERCHANT, OWNERS, scope="read"),
    Permission(MANAGE_STORES, OWNERS, scope="team:write"),
    Permission(ENTER_STORE, STORE_STAFF, scope="read"),
    Permission(VIEW_TEAM, MANAGERS, scope="read"),
    Permission(MANAGE_TEAM, OWNERS, scope="team:write"),
)
