"""Settings of monitoring."""

from functools import cache

from pydantic import Field

from app.kit.settings import SettingsGroup, load_settings


class MonitoringSettings(SettingsGroup):
    """What this instance tells of itself."""

    metrics_enabled: bool = Field(
        False, description="Serve /metrics to Prometheus, with an admin's token."
    )


@cache
def monitoring_settings() -> MonitoringSettings:
    """Return the settings of this process."""
    return load_settings(MonitoringSettings)
