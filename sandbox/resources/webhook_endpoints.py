"""Webhook endpoints: who is told of events, in which version, with which secret."""

from urllib.parse import urlsplit

from sandbox.contract.skeleton import blank
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.errors import invalid
from sandbox.wire.lists import PAGING, list_page
from sandbox.wire.metadata import merged_metadata
from sandbox.wire.versions import check_version

PATH = "/v1/webhook_endpoints"


@endpoint(
    "POST",
    PATH,
    "WebhookEndpointCreateParams",
    covers="api_version description enabled_events metadata url",
)
def create_webhook_endpoint(work: Transaction, params: Json) -> Json:
    """An endpoint; its secret is shown in this answer only."""
    version = params.get("api_version")
    if version:
        check_version(version)
    made = make_endpoint(
        work,
        url=params["url"],
        enabled_events=params["enabled_events"],
        api_version=version,
        secret=f"whsec_{work.token(length=32)}",
    )
    made["description"] = params.get("description")
    made["metadata"] = merged_metadata({}, params.get("metadata", {}))
    work.save(made)
    return made


def make_endpoint(
    work: Transaction,
    *,
    url: str,
    enabled_events: list[str],
    api_version: str | None,
    secret: str,
) -> Json:
    """Keep an endpoint with a secret of the caller's choice."""
    _check_url(url)
    return work.add(
        blank(
            "webhook_endpoint",
            work.new_id("webhook_endpoint"),
            api_version=api_version,
            created=work.now,
            enabled_events=list(enabled_events),
            metadata={},
            secret=secret,
            status="enabled",
            url=url,
        )
    )


def _check_url(url: str) -> None:
    if not _reachable(url):
        raise invalid(
            "Invalid URL: An explicit scheme (such as https) must be provided.",
            param="url",
            code="url_invalid",
        )


def _reachable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0


def _shown(kept: Json) -> Json:
    return {name: value for name, value in kept.items() if name != "secret"}


@endpoint("GET", PATH + "/{id}", "WebhookEndpointRetrieveParams")
def retrieve_webhook_endpoint(work: Transaction, _params: Json, object_id: str) -> Json:
    """One endpoint, without its secret."""
    return _shown(work.get("webhook_endpoint", object_id))


@endpoint(
    "POST",
    PATH + "/{id}",
    "WebhookEndpointUpdateParams",
    covers="description disabled enabled_events metadata url",
)
def update_webhook_endpoint(work: Transaction, params: Json, object_id: str) -> Json:
    """Change where and what is told, or switch it off."""
    kept = work.get("webhook_endpoint", object_id)
    if "url" in params:
        _check_url(params["url"])
        kept["url"] = params["url"]
    if "enabled_events" in params:
        kept["enabled_events"] = params["enabled_events"]
    if "description" in params:
        kept["description"] = params["description"] or None
    if "disabled" in params:
        kept["status"] = "disabled" if params["disabled"] else "enabled"
    if "metadata" in params:
        kept["metadata"] = merged_metadata(kept["metadata"], params["metadata"])
    return _shown(work.save(kept))


@endpoint("DELETE", PATH + "/{id}", "WebhookEndpointDeleteParams")
def delete_webhook_endpoint(work: Transaction, _params: Json, object_id: str) -> Json:
    """Tell it nothing any more."""
    work.delete(work.get("webhook_endpoint", object_id))
    return {"id": object_id, "object": "webhook_endpoint", "deleted": True}


@endpoint("GET", PATH, "WebhookEndpointListParams", covers=PAGING)
def list_webhook_endpoints(work: Transaction, params: Json) -> Json:
    """Endpoints, newest first."""
    page = list_page(work, "webhook_endpoint", params, url=PATH)
    page["data"] = [_shown(kept) for kept in page["data"]]
    return page
