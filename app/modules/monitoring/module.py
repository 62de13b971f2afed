"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.monitoring.features import MonitoringFeatures

MODULE = ModuleDefinition(
    code="monitoring", folder=Path(__file__).parent, features=MonitoringFeatures()
)
