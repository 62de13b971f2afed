"""How many add-ons of a kind a store can have (D31); pure."""

from collections.abc import Iterable
from enum import StrEnum

from app.modules.billing.models import AddOnProduct, StoreAddOn

DOMAIN = "domain"
Held = tuple[StoreAddOn, AddOnProduct]


class Choice(StrEnum):
    """What choosing an add-on means for a store."""

    BUY = "buy"
    OWNED = "owned"
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    UNAVAILABLE = "unavailable"


def is_domain(product: AddOnProduct) -> bool:
    """Whether it is bought with a name, and once for each name."""
    return product.category == DOMAIN


def rival_of(product: AddOnProduct, held: Iterable[Held]) -> Held | None:
    """Return what a store has of the same kind, where one of a kind is all it can use."""
    if is_domain(product):
        return None
    return next((one for one in held if one[1].category == product.category), None)


def is_larger(product: AddOnProduct, than: AddOnProduct) -> bool:
    """Whether a pack is an upgrade: by quantity, and by price among equals."""
    return (product.quantity, product.price_cents) > (than.quantity, than.price_cents)


def choice_of(product: AddOnProduct, held: Iterable[Held]) -> Choice:
    """Return what choosing an add-on means for a store that has `held`."""
    rival = rival_of(product, held)
    if rival is not None and rival[1].id == product.id:
        return Choice.OWNED
    if product.stripe_price_id is None or not product.is_active:
        return Choice.UNAVAILABLE
    if rival is None:
        return Choice.BUY
    if rival[0].cancel_at is not None:
        return Choice.UNAVAILABLE
    return Choice.UPGRADE if is_larger(product, rival[1]) else Choice.DOWNGRADE
