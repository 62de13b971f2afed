"""The portal: cards, invoices, details, cancelling; never another plan (S10, D21)."""

from typing import Any

from app.modules.billing.gateways.stripe_account import find_portal, write_portal
from app.modules.billing.services.stripe_setup.steps import Outcome, Step

THING, NAME = "portal", "configuration"
_REASONS = ["too_expensive", "missing_features", "switched_service", "unused", "other"]
_FEATURES: dict[str, dict[str, Any]] = {
    "customer_update": {"enabled": True, "allowed_updates": ["address", "name", "tax_id"]},
    "invoice_history": {"enabled": True},
    "payment_method_update": {"enabled": True},
    "subscription_cancel": {
        "enabled": True,
        "mode": "at_period_end",
        "cancellation_reason": {"enabled": True, "options": _REASONS},
    },
}


def ensure_portal(
    configuration_id: str | None, *, return_url: str, dry_run: bool
) -> tuple[str | None, Step]:
    """Bring our configuration of the portal to what it should be; its id.

    Switching plans stays off: Stripe would not ask us what the change takes away. Raises as
    `gateways.client.ask`.
    """
    found = find_portal(configuration_id)
    wanted = {"default_return_url": return_url, "features": dict(_FEATURES)}
    if found is None:
        made = None if dry_run else write_portal(wanted, configuration_id=None)
        return made, Step(THING, NAME, Outcome.CREATED)
    if _switches_plans(found):
        wanted["features"] = {**_FEATURES, "subscription_update": {"enabled": False}}
    if _fits(found, wanted):
        return found["id"], Step(THING, NAME, Outcome.UNCHANGED)
    if not dry_run:
        write_portal(wanted, configuration_id=found["id"])
    return found["id"], Step(THING, NAME, Outcome.UPDATED)


def _switches_plans(found: dict[str, Any]) -> bool:
    return bool(found["features"]["subscription_update"]["enabled"])


def _fits(found: Any, wanted: Any) -> bool:
    """Whether everything that is wanted is there; lists hold the same in any order."""
    if isinstance(wanted, dict):
        return all(_fits(found.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return sorted(found or []) == sorted(wanted)
    return bool(found == wanted)
