"""Where plans and tiers are found."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.billing.permissions import MANAGE_WEBHOOKS, VIEW_ADMIN, VIEW_BILLING


def _sales(label: str, href: str, *, icon: str, order: int) -> NavigationEntry:
    return NavigationEntry(
        area=Area.ADMIN,
        group="billing.navigation.sales",
        label=label,
        href=href,
        icon=icon,
        permission=VIEW_ADMIN,
        order=order,
    )


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
        area=Area.STORE,
        group="tenancy.store.navigation",
        label="billing.webhooks_out.title",
        href="/store/{store_code}/webhooks",
        icon="webhook",
        permission=MANAGE_WEBHOOKS,
        order=75,
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
    _sales("billing.subscriptions.title", "/admin/subscriptions", icon="credit-card", order=29),
    _sales("billing.tiers.title", "/admin/subscription-tiers", icon="layers-2", order=30),
    _sales("billing.past_due.title", "/admin/past-due", icon="hourglass", order=31),
    _sales("billing.offered.title", "/admin/addons", icon="puzzle", order=32),
    _sales("billing.fulfilment.title", "/admin/fulfilment", icon="package-check", order=33),
    _sales("billing.webhooks.title", "/admin/webhooks", icon="webhook", order=34),
    _sales("billing.audit.title", "/admin/audit", icon="scroll-text", order=35),
)
