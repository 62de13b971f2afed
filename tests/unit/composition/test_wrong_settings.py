"""Start-up refuses wrong settings, names each in a sentence, and never prints a secret."""

from typing import Any

import pytest

from app.kit.settings import DEVELOPMENT_SECRET, Settings, SettingsError, load_settings

OWN_SECRET = "x9" * 20


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without any setting of the machine."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def load(**environment: str) -> Settings:
    return load_settings(Settings, _env_file=None, **environment)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://u:hunter2@h/d", "must begin with sqlite:/// or postgresql://."),
        ("BASE_URL", "shop.example", "must be http:// or https:// and a host, without a path."),
        ("BASE_URL", "https://shop.example/a", "must be http:// or https:// and a host"),
        ("TIMEZONE", "Europe/Atlantis", "must be an IANA time zone such as Europe/Luxembourg."),
        ("TIMEZONE", "../etc/passwd", "must be an IANA time zone such as Europe/Luxembourg."),
        ("SMTP_URL", "http://u:hunter2@h", "must be smtp:// or smtps:// and a host."),
        ("SMTP_URL", "smtp://", "must be smtp:// or smtps:// and a host."),
        ("SMTP_URL", "smtp://u:hunter2@h:mail", "must name its port as a number up to 65535."),
        ("JOBS", "maybe", "Input should be 'inprocess', 'celery' or 'off'."),
        ("REDIS_URL", "http://u:hunter2@h", "must begin with redis:// or rediss://."),
        ("LOG_LEVEL", "loud", "Input should be 'debug', 'info', 'warning' or 'error'."),
        ("DEMO", "perhaps", "Input should be a valid boolean"),
        ("SECRET_KEY", "hunter2", "String should have at least 32 characters."),
    ],
)
def test_it_names_the_variable_and_what_it_must_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load()
    assert str(refused.value).startswith(f"{name}: {sentence}")
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_it_names_all_that_are_wrong_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS", "maybe")
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(SettingsError) as refused:
        load()
    names = [line.partition(":")[0] for line in str(refused.value).splitlines()]
    assert names == ["SECRET_KEY", "JOBS"]


def test_it_refuses_celery_without_a_redis() -> None:
    with pytest.raises(SettingsError, match="JOBS is celery, so REDIS_URL must say where"):
        load(jobs="celery")
    assert load(jobs="celery", redis_url="redis://cache.example:6379/1").jobs == "celery"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"secret_key": DEVELOPMENT_SECRET}, "SECRET_KEY must be set to a secret of your own"),
        ({"demo": "true"}, "DEMO must not be set in production"),
    ],
)
def test_production_refuses_what_is_meant_for_development(
    changed: dict[str, Any], sentence: str
) -> None:
    good = {"environment": "production", "secret_key": OWN_SECRET, "base_url": "https://a.example"}
    assert load(**good).environment == "production"
    with pytest.raises(SettingsError) as refused:
        load(**good | changed)
    assert sentence in str(refused.value)
    assert str(changed.get("secret_key", "hunter2")) not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_it_reaches_postgresql_by_one_driver_however_it_is_spelt(scheme: str) -> None:
    assert load(database_url=f"{scheme}://u@h/d").database_url == "postgresql+psycopg://u@h/d"


def test_it_reads_module_codes_between_commas() -> None:
    assert load(modules_disabled=" media, orders,,").disabled_modules == {"media", "orders"}


def test_it_takes_a_trailing_slash_off_the_address() -> None:
    assert load(base_url="https://shop.example/").base_url == "https://shop.example"
    assert load(base_url="https://shop.example/").cookies_secure
    assert not load(base_url="http://127.0.0.1:8000").cookies_secure
