"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.declaring import DeclaredFeatures
from app.contracts.modules import ModuleDefinition
from app.modules.monitoring.features import FEATURES
from app.modules.monitoring.navigation import NAVIGATION
from app.modules.monitoring.panels import PANELS
from app.modules.monitoring.permissions import PERMISSIONS
from app.modules.monitoring.routes import (
    api_platform_health,
    api_store_analytics,
    pages,
    prometheus,
)
from app.modules.monitoring.services.checks import HEALTH_CHECKS
from app.modules.monitoring.settings import MonitoringSettings

MODULE = ModuleDefinition(
    code="monitoring",
    folder=Path(__file__).parent,
    routers=(
        api_platform_health.router,
        api_store_analytics.router,
        prometheus.router,
        pages.router,
    ),
    permissions=PERMISSIONS,
    navigation=NAVIGATION,
    panels=PANELS,
    settings=MonitoringSettings,
    features=DeclaredFeatures(FEATURES),
    health_checks=HEALTH_CHECKS,
)
