"""Taking the end of an add-on back while its paid period lasts (D29)."""

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.exceptions import AddOnEndsWithPlan, AddOnNotCancelled
from app.modules.billing.gateways.stripe_changes import keep
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import HELD
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.addons.history import record_request
from app.modules.billing.services.addons.offered import OwnedAddOn, owned_addon
from app.modules.billing.services.buyer import Buyer
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.sync import sync_now
from app.modules.billing.services.sync.plan_state import ENDED


def reactivate_addon(buyer: Buyer, addon_id: int) -> OwnedAddOn:
    """Let an add-on of the store renew again that was about to end.

    Raises AddOnNotFound, AddOnNotCancelled, AddOnEndsWithPlan where the plan itself is ending,
    PaymentSystemNotConfiguredError, and as `gateways.client.ask`.
    """
    with unit_of_work() as work:
        addon = owned_addon(work, buyer.store, addon_id).addon
        stripe_id = addon.stripe_subscription_id
        if addon.status not in HELD or addon.cancel_at is None or stripe_id is None:
            raise AddOnNotCancelled
        _require_lasting_plan(work, buyer.owner)
        require_payments()
        record_request(work, buyer, addon, "addon.reactivation_requested")
    running, _schedule = fetch_subscription(stripe_id)
    is_ending = running.ends_at is not None and running.ended_at is None
    if is_ending:
        keep(running, key=("addon-reactivate", addon.id, addon.version))
    sync_now(stripe_id)
    if not is_ending:
        raise AddOnNotCancelled
    with unit_of_work(read_only=True) as work:
        return owned_addon(work, buyer.store, addon_id)


def _require_lasting_plan(work: UnitOfWork, owner: Owner) -> None:
    """An add-on never outlives the plan by more than what is paid for (D24)."""
    plan = entitlement_rows.find_subscription(work.session, owner)
    if plan is None or plan.cancel_at is not None or plan.status in ENDED:
        raise AddOnEndsWithPlan
