"""What Stripe says of an add-on becomes ours (D29)."""

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.modules.billing.gateways.snapshots import ScheduleSnapshot, SubscriptionSnapshot
from app.modules.billing.models import Fulfilment, StoreAddOn
from app.modules.billing.repositories import addons
from app.modules.billing.services.addons.begin import alert_unknown_price, begin_addon
from app.modules.billing.services.addons.history import STRIPE, record_addon, told
from app.modules.billing.services.addons.state import columns_of, next_price, status_of
from app.modules.billing.services.addons.undelivered import tell_undelivered
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.figures.record import note_addon


def apply_addon(
    work: UnitOfWork, snapshot: SubscriptionSnapshot, schedule: ScheduleSnapshot | None
) -> None:
    """Write the whole state of an add-on's subscription; the plan is never touched (D29, S12).

    The first payment makes the row. What belongs to nobody here is logged and left.
    """
    known = addons.lock_by_subscription(work.session, snapshot.id)
    before, arr_before = (None, 0) if known is None else (told(known), known.arr_cents)
    addon = known or begin_addon(work, snapshot)
    if addon is None:
        return
    _write_product(work, addon, snapshot)
    _write_state(work, addon, snapshot)
    _write_pending(work, addon, snapshot, schedule)
    action = "addon.purchased" if known is None else "addon.changed"
    record_addon(work, addon, actor=STRIPE, action=action, before=before)
    note_addon(work, addon, arr_before=arr_before)
    if known is None and addon.fulfilment == Fulfilment.FAILED:
        tell_undelivered(work, addon)


def _write_state(work: UnitOfWork, addon: StoreAddOn, snapshot: SubscriptionSnapshot) -> None:
    if status_of(snapshot) is None:
        alert(
            work,
            "addon_status_unknown",
            key=f"{snapshot.id}:{snapshot.status}",
            platform_id=addon.platform_id,
            merchant_id=addon.merchant_id,
            stripe_subscription=snapshot.id,
            status=snapshot.status,
        )
    for name, value in columns_of(snapshot).items():
        setattr(addon, name, value)
    addon.stripe_synced_at = system_now()


def _write_product(work: UnitOfWork, addon: StoreAddOn, snapshot: SubscriptionSnapshot) -> None:
    """Another pack is delivered anew; an unknown price keeps what was sold and alerts."""
    if addon.stripe_price_id == snapshot.price_id:
        return
    product = addons.product_at_stripe(
        work.session,
        addon.platform_id,
        price_id=snapshot.price_id,
        product_id=snapshot.product_id,
    )
    if product is None:
        alert_unknown_price(work, snapshot, platform_id=addon.platform_id)
    elif product.id != addon.addon_product_id:
        addon.addon_product_id = product.id
        addon.fulfilment = Fulfilment.WAITING


def _write_pending(
    work: UnitOfWork,
    addon: StoreAddOn,
    snapshot: SubscriptionSnapshot,
    schedule: ScheduleSnapshot | None,
) -> None:
    following = next_price(snapshot, schedule)
    product = following and addons.product_at_stripe(
        work.session, addon.platform_id, price_id=following.price_id
    )
    addon.pending_product_id = product.id if product else None
    addon.pending_effective_at = following.at if following and product else None
