"""Whose an object at Stripe is: by what we know of it, else by what we wrote on it (S12)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.contracts.tenants import AdminScope, Owner
from app.kit.db import UnitOfWork
from app.kit.errors import NotFound
from app.modules.billing.gateways.metadata import Reference, read_metadata
from app.modules.billing.models import Purpose
from app.modules.billing.repositories import stripe_links
from app.modules.tenancy.public import get_store_ref, merchant_names, platform_codes


@dataclass(frozen=True, slots=True)
class Belonging:
    """Who pays, and for what; `store_id` is an add-on's."""

    owner: Owner
    purpose: Purpose
    store_id: int | None = None


def find_belonging(
    work: UnitOfWork,
    *,
    subscription_id: str | None,
    customer_id: str | None,
    metadata: Mapping[str, str],
) -> Belonging | None:
    """Return whose it is; None for strangers, and for merchants that do not exist."""
    if subscription_id is not None:
        addon = stripe_links.addon_by_subscription(work.session, subscription_id)
        if addon is not None:
            owner = Owner(addon.merchant_id, addon.platform_id)
            return Belonging(owner, Purpose.ADDON, addon.store_id)
    reference = read_metadata(metadata)
    if reference is not None and reference.purpose is Purpose.ADDON:
        return _belonging_of_addon(work, reference)
    known = stripe_links.plan_owner(
        work.session, subscription_id=subscription_id, customer_id=customer_id
    )
    if known is not None:
        return Belonging(known, Purpose.PLAN)
    if reference is not None and _exists(work, reference.owner):
        return Belonging(reference.owner, Purpose.PLAN)
    return None


def _belonging_of_addon(work: UnitOfWork, reference: Reference) -> Belonging | None:
    try:
        store = get_store_ref(work, AdminScope(None), reference.store_id or 0)
    except NotFound:
        return None
    is_theirs = store.owner == reference.owner
    return Belonging(store.owner, Purpose.ADDON, store.id) if is_theirs else None


def _exists(work: UnitOfWork, owner: Owner) -> bool:
    return bool(
        merchant_names(work, [owner.merchant_id]) and platform_codes(work, [owner.platform_id])
    )
