"""Typed settings from the environment, refused with a sentence that names the variable."""

from typing import Any, Literal, Self, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Group = TypeVar("Group", bound="SettingsGroup")

DEVELOPMENT_SECRET = "development-only-secret-key-never-use-it-elsewhere"  # noqa: S105 - refused in production


class SettingsError(Exception):
    """The environment does not describe a system that could run; the text says what to change."""


class SettingsGroup(BaseSettings):
    """Base of the settings of the kit and of each module: one field is one variable."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", case_sensitive=False, frozen=True, populate_by_name=True
    )


class Settings(SettingsGroup):
    """What the kit itself needs. Modules add groups of their own in their `settings.py`."""

    environment: Literal["development", "production"] = Field(
        "development", description="`production` refuses default secrets and plain cookies."
    )
    demo: bool = Field(False, description="Demo data and readable links in kept mails.")
    database_url: str = Field(
        "sqlite:///var/tierline.sqlite3", description="SQLite file or PostgreSQL address."
    )
    database_listen_url: str | None = Field(
        None, description="PostgreSQL address for LISTEN, where DATABASE_URL is a pooler's."
    )
    secret_key: str = Field(
        DEVELOPMENT_SECRET,
        min_length=32,
        description="Signs CSRF tokens and cursors; at least 32 characters.",
    )
    base_url: str = Field(
        "http://127.0.0.1:8000", description="Public address, without a path; used in mails."
    )
    timezone: str = Field(
        "Europe/Luxembourg", description="Zone of job slots and of figures over all platforms."
    )
    modules_disabled: str = Field("", description="Module codes, separated by commas.")
    redis_url: str | None = Field(
        None,
        description="redis://host:6379/0; shares plans and rate limits, carries Celery's messages.",
    )
    jobs: Literal["inprocess", "celery", "off"] = Field(
        "inprocess",
        description="Who runs background jobs: each web process, Celery's workers, or nobody here.",
    )
    smtp_url: str | None = Field(
        None, description="smtp://user:password@host:587 or smtps://…; without it mails are kept."
    )
    mail_from: str = Field("Tierline <noreply@localhost>", description="Sender of every mail.")
    log_format: Literal["console", "json"] = Field("console", description="How logs are written.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least severe entry that is written."
    )
    static_root: str = Field("build/static", description="Where the built front end lies.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        """Accept SQLite and PostgreSQL alone, the latter always by psycopg."""
        if value.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + value.split("://", 1)[1]
        if value.startswith(("sqlite:///", "sqlite://", "postgresql+psycopg://")):
            return value
        raise ValueError("must begin with sqlite:/// or postgresql://")

    @field_validator("database_listen_url")
    @classmethod
    def _direct_address(cls, value: str | None) -> str | None:
        if value and not value.startswith(("postgresql://", "postgresql+psycopg://")):
            raise ValueError("must begin with postgresql://")
        return value or None

    @field_validator("redis_url")
    @classmethod
    def _redis_address(cls, value: str | None) -> str | None:
        if value and urlsplit(value).scheme not in {"redis", "rediss"}:
            raise ValueError("must begin with redis:// or rediss://")
        return value or None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError("must be an IANA time zone such as Europe/Luxembourg") from unknown
        return value

    @field_validator("base_url")
    @classmethod
    def _bare_address(cls, value: str) -> str:
        address = value.rstrip("/")
        scheme, _, rest = address.partition("://")
        if scheme not in {"http", "https"} or not rest or "/" in rest:
            raise ValueError("must be http:// or https:// and a host, without a path")
        return address

    @field_validator("smtp_url")
    @classmethod
    def _mail_address(cls, value: str | None) -> str | None:
        if not value:
            return None
        address = urlsplit(value)
        if address.scheme not in {"smtp", "smtps"} or not address.hostname:
            raise ValueError("must be smtp:// or smtps:// and a host")
        try:
            _ = address.port
        except ValueError:
            raise ValueError("must name its port as a number up to 65535") from None
        return value

    @model_validator(mode="after")
    def _own_secrets_in_production(self) -> Self:
        if self.environment == "production":
            if self.secret_key == DEVELOPMENT_SECRET:
                raise ValueError("SECRET_KEY must be set to a secret of your own in production")
            if self.demo:
                raise ValueError("DEMO must not be set in production")
        return self

    @model_validator(mode="after")
    def _redis_for_celery(self) -> Self:
        if self.jobs == "celery" and not self.redis_url:
            raise ValueError("JOBS is celery, so REDIS_URL must say where its Redis is")
        return self

    @property
    def disabled_modules(self) -> frozenset[str]:
        """Codes named by `MODULES_DISABLED`."""
        return frozenset(code.strip() for code in self.modules_disabled.split(",") if code.strip())

    @property
    def cookies_secure(self) -> bool:
        """Whether cookies carry `Secure`: everywhere but on a plain local address."""
        return self.base_url.startswith("https://")

    @property
    def logs_requests(self) -> bool:
        """Whether a line is written for each request."""
        return self.log_level in {"debug", "info"}


def load_settings(group: type[Group], **given: Any) -> Group:
    """Read one group of settings from the environment; `given` wins over it.

    Raises SettingsError with one sentence for each variable that is wrong.
    """
    try:
        return group(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(one) for one in error.errors())) from None


def _sentence(error: Any) -> str:
    """Say which variable is wrong and why, without repeating its value (it may be a secret)."""
    name = ".".join(str(part) for part in error["loc"]).upper()
    reason = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {reason}." if name else f"{reason}."
