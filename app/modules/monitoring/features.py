"""Features that this module owns (D6)."""

from app.contracts.declaring import FeaturesOf

_own = FeaturesOf("monitoring")

FEATURES = (
    _own.switch("basic_analytics", "analytics"),
    _own.switch("analytics_dashboard", "analytics"),
    _own.switch("advanced_analytics", "analytics"),
    _own.switch("revenue_forecast", "analytics"),
)
