"""The account at Stripe itself, and how it is set up (S3, S10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.modules.billing.gateways.client import ask, ask_all

OURS = {"tierline": "1"}


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where events are sent, in which version of the API."""

    id: str
    url: str
    api_version: str | None
    events: frozenset[str]
    is_enabled: bool


def account_id() -> str:
    """Return the account that our key belongs to. Raises as `ask`."""
    return str(ask(lambda stripe: stripe.v1.accounts.retrieve_current())["id"])


def pinned_version() -> str:
    """Return the version of the API that the SDK was made for."""
    import stripe  # noqa: PLC0415

    return stripe.api_version


def find_endpoint(url: str) -> WebhookEndpoint | None:
    """Return the endpoint with an address. Raises as `ask`."""
    found = ask_all(lambda stripe, page: stripe.v1.webhook_endpoints.list(_page(page)))
    for one in found:
        if one["url"] == url:
            enabled = one["status"] == "enabled"
            return WebhookEndpoint(
                one["id"], url, one["api_version"], frozenset(one["enabled_events"]), enabled
            )
    return None


def create_endpoint(url: str, events: Sequence[str]) -> tuple[str, str]:
    """Make an endpoint; its id and its signing secret, which is told only now. As `ask`."""
    params: Any = {
        "url": url,
        "enabled_events": list(events),
        "api_version": pinned_version(),
        "metadata": OURS,
    }
    made = ask(lambda stripe: stripe.v1.webhook_endpoints.create(params))
    return str(made["id"]), str(made["secret"])


def update_endpoint(endpoint_id: str, events: Sequence[str]) -> None:
    """Change which events are sent, and send them. Raises as `ask`."""
    params: Any = {"enabled_events": list(events), "disabled": False}
    ask(lambda stripe: stripe.v1.webhook_endpoints.update(endpoint_id, params))


def delete_endpoint(endpoint_id: str) -> None:
    """Send nothing there any more. Raises as `ask`."""
    ask(lambda stripe: stripe.v1.webhook_endpoints.delete(endpoint_id))


def find_portal(configuration_id: str | None) -> dict[str, Any] | None:
    """Return our configuration of the portal, by its id or its mark. Raises as `ask`."""
    found = ask_all(lambda stripe, page: stripe.v1.billing_portal.configurations.list(_page(page)))
    ours = [one for one in found if one["id"] == configuration_id or _is_marked(one)]
    return ours[0] if ours else None


def write_portal(params: dict[str, Any], *, configuration_id: str | None) -> str:
    """Make or change the configuration of the portal; its id. Raises as `ask`."""
    asked: Any = {**params, "metadata": OURS}
    if configuration_id is None:
        made = ask(lambda stripe: stripe.v1.billing_portal.configurations.create(asked))
    else:
        made = ask(
            lambda stripe: stripe.v1.billing_portal.configurations.update(configuration_id, asked)
        )
    return str(made["id"])


def tax_status() -> str:
    """Return whether Stripe can compute taxes: `active` or `pending`. Raises as `ask`."""
    return str(ask(lambda stripe: stripe.v1.tax.settings.retrieve())["status"])


def _page(page: dict[str, Any]) -> Any:
    return page


def _is_marked(one: dict[str, Any]) -> bool:
    return bool(OURS.items() <= one["metadata"].items()) and bool(one["active"])
