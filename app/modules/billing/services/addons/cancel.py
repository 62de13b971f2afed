"""Ending an add-on with its paid period (D29)."""

from app.kit.db import unit_of_work
from app.modules.billing.exceptions import AddOnAlreadyCancelled
from app.modules.billing.gateways.stripe_changes import cancel_at_period_end, release_schedule
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import HELD
from app.modules.billing.services.addons.history import record_request
from app.modules.billing.services.addons.offered import OwnedAddOn, owned_addon
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.sync import sync_now


def cancel_addon(buyer: Buyer, addon_id: int) -> OwnedAddOn:
    """Let an add-on of the store end with its period; a scheduled change is dropped.

    Raises AddOnNotFound, AddOnAlreadyCancelled, PaymentSystemNotConfiguredError, and as
    `gateways.client.ask`.
    """
    with unit_of_work() as work:
        addon = owned_addon(work, buyer.store, addon_id).addon
        stripe_id = addon.stripe_subscription_id
        if addon.status not in HELD or addon.cancel_at is not None or stripe_id is None:
            raise AddOnAlreadyCancelled
        require_payments()
        record_request(work, buyer, addon, "addon.cancel_requested")
    running, schedule = fetch_subscription(stripe_id)
    if schedule is not None and schedule.is_live:
        release_schedule(schedule.id)
    if running.ends_at is None:
        key = ("addon-cancel", addon.id, addon.version)
        cancel_at_period_end(stripe_id, reason=None, key=key)
    sync_now(stripe_id)
    with unit_of_work(read_only=True) as work:
        return owned_addon(work, buyer.store, addon_id)
