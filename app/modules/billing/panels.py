"""What pages of other modules show of plans."""

from app.contracts.panels import Panel
from app.modules.billing.permissions import VIEW_ADMIN, VIEW_USAGE

PANELS = (
    Panel(
        page="tenancy.store",
        template="billing/store/dashboard_panel.html",
        permission=VIEW_USAGE,
        script="billing/store/js/dashboard.js",
        message_prefixes=("billing.dashboard.script.", "billing.plan.script.", "billing.status."),
    ),
    Panel(
        page="tenancy.merchant",
        template="billing/admin/merchant_link.html",
        permission=VIEW_ADMIN,
    ),
)
