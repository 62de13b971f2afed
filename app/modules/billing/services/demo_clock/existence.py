"""Whether there is a clock that can be moved."""

from app.modules.billing.settings import billing_settings


def has_demo_clock() -> bool:
    """Whether payments go to a sandbox on this machine; live keys never do (S3)."""
    settings = billing_settings()
    return settings.at_sandbox and settings.payments_configured
