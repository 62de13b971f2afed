"""Settings of billing."""

from functools import cache

from pydantic import Field, SecretStr

from app.kit.settings import SettingsGroup, load_settings


class BillingSettings(SettingsGroup):
    """What billing needs from the environment."""

    billing_grace_days: int = Field(
        7, ge=0, le=90, description="Days of full rights after a failed payment."
    )
    stripe_trial_days: int = Field(
        30, ge=0, le=730, description="Length of the trial that a new merchant gets."
    )
    stripe_secret_key: SecretStr | None = Field(
        None, description="Key of the Stripe API; without one everything but paying works."
    )

    @property
    def payments_configured(self) -> bool:
        """Whether anything can be paid (S3)."""
        return self.stripe_secret_key is not None


@cache
def billing_settings() -> BillingSettings:
    """Return the settings of this process, read once."""
    return load_settings(BillingSettings)
