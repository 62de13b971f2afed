"""What a store can buy beside its plan, and what it has (D29)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.billing.exceptions import AddOnNotFound
from app.modules.billing.models import AddOnProduct, StoreAddOn
from app.modules.billing.repositories import addons
from app.modules.billing.services.addons.kinds import Choice, choice_of, rival_of


@dataclass(frozen=True)
class OfferedAddOn:
    """An add-on; `owned` by the store, and which of its add-ons choosing it would change."""

    product: AddOnProduct
    owned: bool
    choice: Choice
    changes_id: int | None


@dataclass(frozen=True)
class OwnedAddOn:
    """An add-on of a store; `pending` is the pack that follows at the period's end (D31)."""

    addon: StoreAddOn
    product: AddOnProduct
    pending: AddOnProduct | None


def offered_addons(work: UnitOfWork, store: StoreRef) -> list[OfferedAddOn]:
    """Return what the platform sells, by display order."""
    held = [(addon, product) for addon, product in addons.held_in_store(work.session, store)]
    owned = {product.id for _, product in held}
    offered = []
    for product in addons.active_products(work.session, store.owner.platform_id):
        choice = choice_of(product, held)
        rival = rival_of(product, held)
        changes = choice in (Choice.UPGRADE, Choice.DOWNGRADE) and rival is not None
        changes_id = rival[0].id if changes and rival is not None else None
        offered.append(OfferedAddOn(product, product.id in owned, choice, changes_id))
    return offered


def owned_addons(work: UnitOfWork, store: StoreRef) -> list[OwnedAddOn]:
    """Return all that a store ever bought, the newest first."""
    rows = addons.of_store(work.session, store)
    pending = _pending(work, [addon for addon, _ in rows])
    return [
        OwnedAddOn(addon, product, pending.get(addon.pending_product_id)) for addon, product in rows
    ]


def owned_addon(work: UnitOfWork, store: StoreRef, addon_id: int) -> OwnedAddOn:
    """Return one add-on of a store. Raises AddOnNotFound."""
    found = addons.find_in_store(work.session, store, addon_id)
    if found is None:
        raise AddOnNotFound
    addon, product = found
    return OwnedAddOn(addon, product, _pending(work, [addon]).get(addon.pending_product_id))


def _pending(work: UnitOfWork, rows: Sequence[StoreAddOn]) -> dict[int | None, AddOnProduct]:
    ids = {addon.pending_product_id for addon in rows} - {None}
    return {product.id: product for product in addons.products_with(work.session, ids)}
