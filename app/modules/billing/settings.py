"""Settings of billing."""

from datetime import timedelta
from functools import cache
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from app.kit.settings import SettingsGroup, load_settings

STRIPE_API = "https://api.stripe.com"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SECRET_KEYS = ("sk_test_", "sk_live_", "rk_test_", "rk_live_")
_LIVE_KEYS = ("sk_live_", "rk_live_")


class BillingSettings(SettingsGroup):
    """What billing needs from the environment (S3)."""

    billing_grace_days: int = Field(
        7, ge=0, le=90, description="Days of full rights after a failed payment."
    )
    stripe_trial_days: int = Field(
        30, ge=0, le=730, description="Length of the trial that a new merchant gets."
    )
    stripe_secret_key: SecretStr | None = Field(
        None, description="Key of the Stripe API; without one everything but paying works."
    )
    stripe_publishable_key: str | None = Field(
        None, description="Public key of the same Stripe account."
    )
    stripe_webhook_secret: SecretStr | None = Field(
        None, description="Signing secrets of the webhook endpoint, separated by commas."
    )
    stripe_api_base: str = Field(
        STRIPE_API, description="Address of the Stripe API; the sandbox has a local one."
    )
    stripe_automatic_tax: bool = Field(
        False, description="Let Stripe compute the tax of every bill."
    )
    stripe_collect_tax_id: bool = Field(
        True, description="Ask for VAT number and billing address at checkout."
    )
    stripe_promotion_codes: bool = Field(
        True, description="Let buyers enter promotion codes at checkout."
    )
    webhooks_allow_private: bool = Field(
        False,
        description="Outbound webhooks may go to private addresses and by http; for development.",
    )
    rdap_url: str | None = Field(
        None, description="RDAP service that knows registered domains; without it DNS is asked."
    )

    @property
    def billing_grace(self) -> timedelta:
        """How long a failed payment leaves all rights (D11)."""
        return timedelta(days=self.billing_grace_days)

    @field_validator("stripe_secret_key", "stripe_webhook_secret", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("stripe_secret_key")
    @classmethod
    def _secret_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _is_key(value.get_secret_value(), _SECRET_KEYS):
            raise ValueError("must begin with sk_test_, sk_live_, rk_test_ or rk_live_")
        return value

    @field_validator("stripe_publishable_key")
    @classmethod
    def _publishable_key(cls, value: str | None) -> str | None:
        if value and not _is_key(value, ("pk_test_", "pk_live_")):
            raise ValueError("must begin with pk_test_ or pk_live_")
        return value or None

    @field_validator("stripe_webhook_secret")
    @classmethod
    def _webhook_secrets(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not all(_is_key(one, ("whsec_",)) for one in _parts(value)):
            raise ValueError("each of its secrets, separated by commas, must begin with whsec_")
        return value

    @field_validator("stripe_api_base", "rdap_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ValueError("must begin with https://, or be an address of this machine")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _fitting_keys(self) -> Self:
        if self.stripe_secret_key is None:
            return self
        if self.stripe_publishable_key and self.livemode != self.stripe_publishable_key.startswith(
            "pk_live_"
        ):
            raise ValueError(
                "STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY must both be of the test mode "
                "or both of the live mode"
            )
        if self.livemode and self.at_sandbox:
            raise ValueError("STRIPE_SECRET_KEY must not be a live key where the sandbox is used")
        return self

    @property
    def payments_configured(self) -> bool:
        """Whether anything can be paid (S3)."""
        return self.stripe_secret_key is not None

    @property
    def livemode(self) -> bool:
        """Whether real money moves."""
        key = self.stripe_secret_key
        return key is not None and key.get_secret_value().startswith(_LIVE_KEYS)

    @property
    def at_sandbox(self) -> bool:
        """Whether Stripe is a sandbox on this machine."""
        return urlsplit(self.stripe_api_base).hostname in LOOPBACK

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """Every secret that a webhook may be signed with."""
        return _parts(self.stripe_webhook_secret) if self.stripe_webhook_secret else ()


def _is_key(value: str, prefixes: tuple[str, ...]) -> bool:
    return value.isascii() and value.isprintable() and value.startswith(prefixes) and len(value) > 8


def _parts(secrets: SecretStr) -> tuple[str, ...]:
    return tuple(one.strip() for one in secrets.get_secret_value().split(",") if one.strip())


@cache
def billing_settings() -> BillingSettings:
    """Return the settings of this process, read once."""
    return load_settings(BillingSettings)
