"""What another pack would cost, before anybody confirms it (D31, S7)."""

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.gateways.stripe_previews import preview_change, preview_recurring
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.services.addons.planned_pack import (
    NOTHING_LOST,
    plan_pack,
    refuse_unpaid_pack,
)
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.planned_change import ChangeKind
from app.modules.billing.services.preview_change import ChangePreview


def preview_pack(store: StoreRef, addon_id: int, *, addon_code: str) -> ChangePreview:
    """Return what another pack would cost; nothing is changed.

    Raises as `change_pack`.
    """
    require_payments()
    with unit_of_work(read_only=True) as work:
        planned = plan_pack(work, store, addon_id, addon_code)
    refuse_unpaid_pack(planned)
    running, _schedule = fetch_subscription(planned.stripe_id)
    target = {"item_id": running.item_id, "price_id": planned.price_id}
    recurring = preview_recurring(planned.stripe_id, **target)
    if planned.kind is ChangeKind.DOWNGRADE:
        return ChangePreview(
            kind=planned.kind,
            effective_at=running.period_end,
            amount_due_cents=0,
            credit_balance_cents=0,
            next_amount_cents=recurring.invoice.total_cents,
            next_date=running.period_end,
            proration_date=None,
            effects=NOTHING_LOST,
        )
    now = business_now().replace(microsecond=0)
    bill = preview_change(planned.stripe_id, **target, at=now)
    keeps_period = running.interval == planned.product.billing_period
    return ChangePreview(
        kind=planned.kind,
        effective_at=now,
        amount_due_cents=bill.invoice.amount_due_cents,
        credit_balance_cents=bill.credit_cents,
        next_amount_cents=recurring.invoice.total_cents,
        next_date=running.period_end if keeps_period else bill.covers_until,
        proration_date=now,
        effects=NOTHING_LOST,
    )
