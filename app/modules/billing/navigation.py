"""Where plans and tiers are found."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.billing.permissions import VIEW_ADMIN, VIEW_BILLING

NAVIGATION = (
    NavigationEntry(
        area=Area.STORE,
        group="tenancy.store.navigation",
        label="billing.plan.title",
        href="/store/{store_code}/billing",
        icon="credit-card",
        permission=VIEW_BILLING,
        order=70,
    ),
    NavigationEntry(
        area=Area.MERCHANT,
        group="tenancy.navigation.merchant",
        label="billing.own.title",
        href="/merchant/subscriptions",
        icon="credit-card",
        permission=VIEW_BILLING,
        order=20,
    ),
    NavigationEntry(
        area=Area.MERCHANT,
        group="tenancy.navigation.merchant",
        label="billing.invoices.title",
        href="/merchant/invoices",
        icon="receipt-text",
        permission=VIEW_BILLING,
        order=21,
    ),
    NavigationEntry(
        area=Area.ADMIN,
        group="billing.navigation.sales",
        label="billing.subscriptions.title",
        href="/admin/subscriptions",
        icon="credit-card",
        permission=VIEW_ADMIN,
        order=29,
    ),
    NavigationEntry(
        area=Area.ADMIN,
        group="billing.navigation.sales",
        label="billing.tiers.title",
        href="/admin/subscription-tiers",
        icon="layers-2",
        permission=VIEW_ADMIN,
        order=30,
    ),
)
