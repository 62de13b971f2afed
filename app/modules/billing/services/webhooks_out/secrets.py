"""The secrets of an endpoint: the present one, and for a day after a rotation the former."""

from datetime import timedelta

from app.kit.clocks import system_now
from app.kit.settings import Settings, load_settings
from app.modules.billing.models import WebhookEndpoint
from app.modules.billing.services.webhooks_out.signing import derive_secret, new_seed

FORMER_HOLDS_FOR = timedelta(hours=24)


def present_secret(endpoint: WebhookEndpoint) -> str:
    """Return what its receiver checks signatures with."""
    return derive_secret(_key(), endpoint.secret_seed)


def secrets_of(endpoint: WebhookEndpoint) -> list[str]:
    """Return every secret that messages are signed with now, the present one first."""
    held = [present_secret(endpoint)]
    until = endpoint.former_until
    if endpoint.former_seed is not None and until is not None and system_now() < until:
        held.append(derive_secret(_key(), endpoint.former_seed))
    return held


def rotate(endpoint: WebhookEndpoint) -> str:
    """Give it a new secret; the former one signs along for a day."""
    endpoint.former_seed = endpoint.secret_seed
    endpoint.former_until = system_now() + FORMER_HOLDS_FOR
    endpoint.secret_seed = new_seed()
    return present_secret(endpoint)


def _key() -> str:
    return load_settings(Settings).secret_key
