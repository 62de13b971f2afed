"""Keys of Stripe are refused with a sentence where they cannot be right (S3)."""

import pytest

from app.kit.settings import SettingsError, load_settings
from app.modules.billing.settings import BillingSettings


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without any setting of the machine."""
    for name in BillingSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def load(monkeypatch: pytest.MonkeyPatch, **environment: str) -> BillingSettings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings(BillingSettings, _env_file=None)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("STRIPE_SECRET_KEY", "pk_test_hunter2", "must begin with sk_test_, sk_live_"),
        ("STRIPE_SECRET_KEY", "sk_test_", "must begin with sk_test_, sk_live_"),
        ("STRIPE_SECRET_KEY", "sk_test_hunter2\n", "must begin with sk_test_, sk_live_"),
        ("STRIPE_PUBLISHABLE_KEY", "sk_test_hunter2", "must begin with pk_test_ or pk_live_"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_hunter2,hunter2", "each of its secrets"),
        ("STRIPE_API_BASE", "http://stripe.example", "must begin with https://"),
        ("STRIPE_TRIAL_DAYS", "-1", "Input should be greater than or equal to 0"),
    ],
)
def test_names_the_variable_and_keeps_its_value_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load(monkeypatch, **{name: value})
    assert str(refused.value).startswith(f"{name}: {sentence}")
    assert "hunter2" not in str(refused.value)


def test_refuses_keys_of_different_modes(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="both be of the test mode"):
        load(
            monkeypatch,
            STRIPE_SECRET_KEY="sk_live_hunter2",
            STRIPE_PUBLISHABLE_KEY="pk_test_hunter2",
        )


def test_refuses_a_live_key_at_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="must not be a live key"):
        load(
            monkeypatch,
            STRIPE_SECRET_KEY="rk_live_hunter2",
            STRIPE_API_BASE="http://127.0.0.1:12111",
        )


def test_takes_several_webhook_secrets_for_their_rotation(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, STRIPE_WEBHOOK_SECRET="whsec_old1, whsec_new1")
    assert settings.webhook_secrets == ("whsec_old1", "whsec_new1")
    assert "whsec_" not in repr(settings)


def test_works_without_any_key(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, STRIPE_SECRET_KEY="", STRIPE_WEBHOOK_SECRET="")
    assert not settings.payments_configured
    assert settings.webhook_secrets == ()
    assert not settings.at_sandbox
