"""Which other pack somebody wants, and whether it can be had (D31)."""

from dataclasses import dataclass

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import (
    AddOnAlreadyCancelled,
    AddOnNotChangeable,
    AddOnNotFound,
    PayFirst,
    StripePriceNotConfiguredError,
)
from app.modules.billing.gateways.stripe_invoices import find_open_invoice
from app.modules.billing.models import HELD, AddOnProduct, AddOnStatus, StoreAddOn
from app.modules.billing.repositories import addons
from app.modules.billing.services.addons.kinds import is_domain, is_larger
from app.modules.billing.services.addons.offered import owned_addon
from app.modules.billing.services.change_effects import ChangeEffects
from app.modules.billing.services.planned_change import ChangeKind

NOTHING_LOST = ChangeEffects()


@dataclass(frozen=True)
class PlannedPack:
    """A change of pack that could be made."""

    addon: StoreAddOn
    stripe_id: str
    product: AddOnProduct
    price_id: str
    kind: ChangeKind


def plan_pack(work: UnitOfWork, store: StoreRef, addon_id: int, code: str) -> PlannedPack:
    """Work out a change of a store's add-on; nothing is written.

    Raises AddOnNotFound, AddOnAlreadyCancelled, AddOnNotChangeable, StripePriceNotConfiguredError.
    """
    owned = owned_addon(work, store, addon_id)
    addon, held = owned.addon, owned.product
    stripe_id = addon.stripe_subscription_id
    if stripe_id is None or addon.cancel_at is not None or addon.status not in HELD:
        raise AddOnAlreadyCancelled
    product = addons.find_product(work.session, store.owner.platform_id, code)
    if product is None or not product.is_active:
        raise AddOnNotFound
    if is_domain(held) or product.category != held.category or product.id == held.id:
        raise AddOnNotChangeable
    if product.stripe_price_id is None:
        raise StripePriceNotConfiguredError
    kind = ChangeKind.UPGRADE if is_larger(product, held) else ChangeKind.DOWNGRADE
    return PlannedPack(addon, stripe_id, product, product.stripe_price_id, kind)


def refuse_unpaid_pack(planned: PlannedPack) -> None:
    """Raise PayFirst, with the way to pay, while the add-on is unpaid (D21). Asks Stripe."""
    if planned.addon.status != AddOnStatus.ACTIVE:
        invoice = find_open_invoice(planned.stripe_id)
        raise PayFirst(payment_url=None if invoice is None else invoice.hosted_url)
