"""What may be done with plans, limits and money (D2)."""

from app.contracts.permissions import (
    ADMINS,
    MANAGERS,
    OWNERS,
    STORE_STAFF,
    Permission,
    Role,
)

VIEW_ADMIN = "billing.view_admin"
MANAGE_SUBSCRIPTIONS = "billing.manage_subscriptions"
MANAGE_TIERS = "billing.manage_tiers"
VIEW_BILLING = "billing.view"
VIEW_USAGE = "billing.view_usage"
VIEW_FEATURES = "billing.view_features"
SPEND = "billing.spend"
MANAGE_WEBHOOKS = "billing.manage_webhooks"

PERMISSIONS = (
    Permission(VIEW_ADMIN, ADMINS, scope="admin:read"),
    Permission(MANAGE_SUBSCRIPTIONS, ADMINS, scope="admin:write"),
    Permission(
        MANAGE_TIERS,
        ADMINS,
        scope="admin:write",
        by_grant=True,
        label_key="billing.permission.manage_tiers",
    ),
    Permission(VIEW_BILLING, MANAGERS, scope="read"),
    Permission(VIEW_USAGE, STORE_STAFF, scope="read"),
    Permission(VIEW_FEATURES, STORE_STAFF | {Role.SERVICE}, scope="read"),
    Permission(SPEND, OWNERS, scope="billing:write"),
    Permission(MANAGE_WEBHOOKS, OWNERS, scope="billing:write"),
)
