"""Another pack of the same kind: a larger one at once, a smaller one at the period's end (D31)."""

from datetime import datetime

from app.kit.db import unit_of_work
from app.modules.billing.gateways.snapshots import SubscriptionSnapshot
from app.modules.billing.gateways.stripe_changes import (
    Upgraded,
    release_schedule,
    schedule_downgrade,
    upgrade,
)
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.services.addons.history import record_request
from app.modules.billing.services.addons.planned_pack import (
    NOTHING_LOST,
    PlannedPack,
    plan_pack,
    refuse_unpaid_pack,
)
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.change_tier import ChangeStatus, TierChanged, proration_instant
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.planned_change import ChangeKind
from app.modules.billing.services.sync import sync_now


def change_pack(
    buyer: Buyer, addon_id: int, *, addon_code: str, proration_date: datetime | None = None
) -> TierChanged:
    """Change a store's add-on to another pack; `proration_date` is that of the preview.

    Raises PaymentSystemNotConfiguredError, AddOnNotFound, AddOnAlreadyCancelled,
    AddOnNotChangeable, StripePriceNotConfiguredError, PayFirst, PreviewOutdated, and as
    `gateways.client.ask`.
    """
    require_payments()
    at = proration_instant(proration_date)
    with unit_of_work() as work:
        planned = plan_pack(work, buyer.store, addon_id, addon_code)
        record_request(work, buyer, planned.addon, "addon.change_requested", to=addon_code)
    refuse_unpaid_pack(planned)
    running, schedule = fetch_subscription(planned.stripe_id)
    if schedule is not None and schedule.is_live:
        release_schedule(schedule.id)
    upgraded = _change(planned, running, at)
    sync_now(planned.stripe_id)
    if upgraded is None:
        return TierChanged(
            status=ChangeStatus.SCHEDULED, effective_at=running.period_end, effects=NOTHING_LOST
        )
    waits = upgraded.is_pending
    return TierChanged(
        status=ChangeStatus.PAYMENT_PENDING if waits else ChangeStatus.APPLIED,
        effective_at=None if waits else at,
        amount_due_cents=upgraded.amount_due_cents,
        payment_url=upgraded.payment_url,
        effects=NOTHING_LOST,
    )


def _change(planned: PlannedPack, running: SubscriptionSnapshot, at: datetime) -> Upgraded | None:
    """Ask Stripe for it; None where the smaller pack only begins with the next period."""
    price_id = planned.price_id
    key = ("addon-change", planned.addon.id, planned.addon.version, price_id, int(at.timestamp()))
    if planned.kind is ChangeKind.UPGRADE:
        return upgrade(running, price_id=price_id, at=at, key=key)
    interval = planned.product.billing_period
    schedule_downgrade(running, price_id=price_id, interval=interval, key=key)
    return None
