"""What pages of other modules show of forecasts."""

from app.contracts.panels import Panel
from app.modules.monitoring.permissions import VIEW_ANALYTICS
from app.modules.monitoring.services.forecast_offer import forecast_offer

PANELS = (
    Panel(
        page="billing.usage",
        template="monitoring/store/limit-outlook.html",
        permission=VIEW_ANALYTICS,
        values=forecast_offer,
        script="monitoring/store/js/limit-outlook.js",
        message_prefixes=("monitoring.limits.script.",),
    ),
)
