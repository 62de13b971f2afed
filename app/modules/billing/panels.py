"""What pages of other modules show of plans."""

from app.contracts.panels import Panel
from app.modules.billing.permissions import VIEW_ADMIN, VIEW_BILLING, VIEW_USAGE
from app.modules.billing.services.demo_clock.bar import sandbox_bar
from app.modules.billing.services.plan_banners import plan_banners

PANELS = (
    Panel(
        page="core.banners",
        template="billing/plan_banners.html",
        permission=None,
        values=plan_banners,
    ),
    Panel(
        page="core.page",
        template="billing/sandbox_bar.html",
        permission=None,
        values=sandbox_bar,
        script="billing/js/sandbox-bar.js",
        message_prefixes=("billing.clock.script.",),
    ),
    Panel(
        page="tenancy.store",
        template="billing/store/dashboard_panel.html",
        permission=VIEW_USAGE,
        script="billing/store/js/dashboard.js",
        message_prefixes=("billing.dashboard.script.", "billing.plan.script.", "billing.status."),
    ),
    Panel(
        page="tenancy.overview",
        template="billing/merchant/plans_panel.html",
        permission=VIEW_BILLING,
        script="billing/merchant/js/subscriptions.js",
        message_prefixes=("billing.status.", "billing.plan.script."),
    ),
    Panel(
        page="tenancy.admin",
        template="billing/admin/today_panel.html",
        permission=VIEW_ADMIN,
        script="billing/admin/js/today.js",
    ),
    Panel(
        page="tenancy.admin.store",
        template="billing/admin/store_panel.html",
        permission=VIEW_ADMIN,
        script="billing/admin/js/store-plan.js",
        message_prefixes=("billing.status.",),
    ),
    Panel(
        page="tenancy.admin.merchant",
        template="billing/admin/merchant_panel.html",
        permission=VIEW_ADMIN,
        script="billing/admin/js/merchant-plans.js",
        message_prefixes=("billing.status.",),
    ),
    Panel(
        page="tenancy.merchant",
        template="billing/admin/merchant_link.html",
        permission=VIEW_ADMIN,
    ),
)
