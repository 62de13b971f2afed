"""What pages of other modules show of health and forecasts."""

from app.contracts.panels import Panel
from app.modules.monitoring.permissions import VIEW_ANALYTICS, VIEW_HEALTH
from app.modules.monitoring.services.forecast_offer import forecast_offer
from app.modules.monitoring.services.health_report import known_problems

PANELS = (
    Panel(
        page="tenancy.admin",
        template="monitoring/admin/health_panel.html",
        permission=VIEW_HEALTH,
        values=known_problems,
        order=50,  # above lists that come later, so that nothing moves
    ),
    Panel(
        page="billing.usage",
        template="monitoring/store/limit-outlook.html",
        permission=VIEW_ANALYTICS,
        values=forecast_offer,
        script="monitoring/store/js/limit-outlook.js",
        message_prefixes=("monitoring.limits.script.",),
    ),
)
