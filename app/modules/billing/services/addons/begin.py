"""The row of a purchase, made when Stripe first tells of it (D29)."""

from app.kit.db import UnitOfWork
from app.modules.billing.gateways.metadata import Reference, read_metadata
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.models import AddOnProduct, AddOnStatus, Fulfilment, StoreAddOn
from app.modules.billing.repositories import addons
from app.modules.billing.services.addons.state import NEVER_BEGAN
from app.modules.billing.services.alerts import alert


def begin_addon(work: UnitOfWork, snapshot: SubscriptionSnapshot) -> StoreAddOn | None:
    """Add the row of a purchase, still without its state; None where there is nothing to keep.

    That is before its first payment. Whose store it is was found out before; what it pays for is
    put before the operator where nobody sells it here.
    """
    reference = read_metadata(snapshot.metadata)
    if snapshot.status in NEVER_BEGAN or reference is None:
        return None
    product = _product_of(work, reference, snapshot)
    if product is None:
        alert_unknown_price(work, snapshot, platform_id=reference.owner.platform_id)
        return None
    name = reference.domain_name
    is_lost = name is not None and addons.name_is_held(work.session, name)
    addon = StoreAddOn(
        merchant_id=reference.owner.merchant_id,
        platform_id=reference.owner.platform_id,
        store_id=reference.store_id,
        addon_product_id=product.id,
        stripe_subscription_id=snapshot.id,
        stripe_price_id=snapshot.price_id,
        domain_name=name,
        status=AddOnStatus.ACTIVE,
        fulfilment=Fulfilment.FAILED if is_lost else Fulfilment.WAITING,
        currency=snapshot.currency,
        purchased_at=snapshot.created_at,
    )
    work.session.add(addon)
    return addon


def alert_unknown_price(
    work: UnitOfWork, snapshot: SubscriptionSnapshot, *, platform_id: int
) -> None:
    """Tell the operator that somebody pays for an add-on that nobody sells here."""
    alert(
        work,
        "addon_price_unknown",
        key=f"{snapshot.id}:{snapshot.price_id}",
        platform_id=platform_id,
        stripe_subscription=snapshot.id,
        stripe_price=snapshot.price_id,
    )


def _product_of(
    work: UnitOfWork, reference: Reference, snapshot: SubscriptionSnapshot
) -> AddOnProduct | None:
    """Return what is sold at this price; what the metadata says where no price tells."""
    platform_id = reference.owner.platform_id
    sold = addons.product_at_stripe(
        work.session, platform_id, price_id=snapshot.price_id, product_id=snapshot.product_id
    )
    if sold is None and reference.code is not None:
        return addons.find_product(work.session, platform_id, reference.code)
    return sold
