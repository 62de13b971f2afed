"""The endpoint that Stripe sends events to, in the version of the API that we read (S10, S13)."""

from dataclasses import dataclass

from app.modules.billing.gateways import stripe_account as stripe
from app.modules.billing.gateways.stripe_account import WebhookEndpoint
from app.modules.billing.services.stripe_setup.steps import Outcome, Step
from app.modules.billing.services.webhooks.registry import HANDLERS

THING = "webhook"
PATH = "/api/v1/webhooks/stripe"
EVENTS = tuple(sorted(HANDLERS))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Our endpoint, None where none could be made; the secret only when it was made just now."""

    id: str | None
    step: Step
    secret: str | None = None


def ensure_endpoint(
    base_url: str, *, knows_secret: bool, may_be_local: bool, dry_run: bool
) -> Endpoint:
    """Bring the endpoint to what it should be.

    Its version never changes, and its secret is told once: one of another version, or one whose
    secret this installation does not know, is replaced. Stripe itself reaches public https
    addresses alone; `may_be_local` holds for the sandbox. Raises as `gateways.client.ask`.
    """
    url = base_url.rstrip("/") + PATH
    if not may_be_local and not url.startswith("https://"):
        note = "BASE_URL is not https: forward events with `stripe listen --forward-to`"
        return Endpoint(None, Step(THING, url, Outcome.CHECK, note))
    found = stripe.find_endpoint(url)
    if found is None:
        return _made(url, Outcome.CREATED, dry_run=dry_run)
    if found.api_version not in (None, stripe.pinned_version()) or not knows_secret:
        return _replaced(found, dry_run=dry_run)
    if found.is_enabled and _covers(found):
        return Endpoint(found.id, Step(THING, url, Outcome.UNCHANGED))
    if not dry_run:
        stripe.update_endpoint(found.id, EVENTS)
    return Endpoint(found.id, Step(THING, url, Outcome.UPDATED))


def _covers(found: WebhookEndpoint) -> bool:
    return found.events >= set(EVENTS) or "*" in found.events


def _made(url: str, outcome: Outcome, *, dry_run: bool, note: str = "") -> Endpoint:
    step = Step(THING, url, outcome, note)
    if dry_run:
        return Endpoint(None, step)
    endpoint_id, secret = stripe.create_endpoint(url, EVENTS)
    return Endpoint(endpoint_id, step, secret)


def _replaced(found: WebhookEndpoint, *, dry_run: bool) -> Endpoint:
    """The new one comes first: between the two, events are sent twice and none is lost."""
    note = "replaced: its secret was unknown here, or its version another one"
    made = _made(found.url, Outcome.UPDATED, dry_run=dry_run, note=note)
    if not dry_run:
        stripe.delete_endpoint(found.id)
    return made
