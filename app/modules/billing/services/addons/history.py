"""Every change of an add-on leaves an audit entry and a new version of the entitlements (D28)."""

from typing import Any

from app.kit.db import UnitOfWork
from app.modules.billing.models import StoreAddOn
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.core.public import AuditTarget, record_audit

STRIPE = Actor("stripe")
_TOLD = ("addon_product_id", "status", "fulfilment", "pending_product_id")
_INSTANTS = ("cancel_at", "cancelled_at")


def told(addon: StoreAddOn) -> dict[str, Any]:
    """Return what is remembered of an add-on; take it before changing anything."""
    instants = {name: getattr(addon, name) for name in _INSTANTS}
    return {
        **{name: getattr(addon, name) for name in _TOLD},
        **{name: value and value.isoformat() for name, value in instants.items()},
    }


def record_addon(
    work: UnitOfWork,
    addon: StoreAddOn,
    *,
    actor: Actor,
    action: str,
    before: dict[str, Any] | None = None,
) -> None:
    """Add an audit entry about an add-on; with `before`, only where something changed."""
    after = told(addon)
    if before == after:
        return
    work.session.flush()
    record_audit(
        work,
        actor.name,
        action=action,
        target=_target(addon),
        before=before,
        after=after,
        request_id=actor.request_id,
    )
    entitlements_changed(work, addon.platform_id, addon.merchant_id)


def record_request(
    work: UnitOfWork, buyer: Buyer, addon: StoreAddOn, action: str, **after: str
) -> None:
    """Note what an owner asks for, before Stripe is asked (D28, S2)."""
    record_audit(
        work,
        buyer.actor.name,
        action=action,
        target=_target(addon),
        after=after,
        request_id=buyer.actor.request_id,
    )


def _target(addon: StoreAddOn) -> AuditTarget:
    return AuditTarget(
        "store_addon", addon.id, platform_id=addon.platform_id, merchant_id=addon.merchant_id
    )
