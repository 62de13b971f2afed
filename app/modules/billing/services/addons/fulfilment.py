"""What the operator still has to deliver, and what could not be delivered (D30)."""

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.billing.exceptions import AddOnAlreadyCancelled, AddOnNotFound
from app.modules.billing.gateways.stripe_changes import cancel_now
from app.modules.billing.gateways.stripe_invoices import refund_invoice
from app.modules.billing.gateways.stripe_subscriptions import fetch_subscription
from app.modules.billing.models import HELD, Fulfilment, StoreAddOn
from app.modules.billing.repositories import fulfilment as rows
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.addons.history import record_addon, told
from app.modules.billing.services.addons.offered import OwnedAddOn
from app.modules.billing.services.addons.undelivered import tell_undelivered
from app.modules.billing.services.checkout import require_payments
from app.modules.billing.services.sync import sync_now

UNDELIVERED = "The add-on could not be delivered."


def get_sold_addon(work: UnitOfWork, scope: AdminScope, addon_id: int) -> OwnedAddOn:
    """Return an add-on that a store in scope has. Raises AddOnNotFound."""
    found = rows.find_addon(work.session, scope.platform_ids, addon_id)
    if found is None:
        raise AddOnNotFound
    return OwnedAddOn(found[0], found[1], None)


def mark_delivered(work: UnitOfWork, operator: Operator, addon_id: int) -> OwnedAddOn:
    """Note that the store has what it bought. Raises AddOnNotFound."""
    sold = get_sold_addon(work, operator.scope, addon_id)
    _mark(work, operator, sold.addon, Fulfilment.DONE)
    return sold


def mark_undelivered(work: UnitOfWork, operator: Operator, addon_id: int) -> OwnedAddOn:
    """Note that it cannot be delivered; the owner is told. Raises AddOnNotFound."""
    sold = get_sold_addon(work, operator.scope, addon_id)
    if _mark(work, operator, sold.addon, Fulfilment.FAILED):
        tell_undelivered(work, sold.addon)
    return sold


def put_back(work: UnitOfWork, operator: Operator, addon_id: int) -> OwnedAddOn:
    """Note that it is to be delivered after all. Raises AddOnNotFound."""
    sold = get_sold_addon(work, operator.scope, addon_id)
    _mark(work, operator, sold.addon, Fulfilment.WAITING)
    return sold


def refund_and_cancel(operator: Operator, addon_id: int) -> OwnedAddOn:
    """Give back what was paid for the current period and end the add-on at once.

    Doing it again after it was cut off finishes it. Raises AddOnNotFound, AddOnAlreadyCancelled,
    PaymentSystemNotConfiguredError, and as `gateways.client.ask`.
    """
    with unit_of_work() as work:
        addon = get_sold_addon(work, operator.scope, addon_id).addon
        stripe_id = addon.stripe_subscription_id
        if addon.status not in HELD or stripe_id is None:
            raise AddOnAlreadyCancelled
        require_payments()
        if _mark(work, operator, addon, Fulfilment.FAILED):
            tell_undelivered(work, addon)
    running, _schedule = fetch_subscription(stripe_id)
    if running.latest_invoice_id is not None:
        key = ("addon-refund", addon_id, running.latest_invoice_id)
        refund_invoice(running.latest_invoice_id, amount_cents=None, key=key)
    cancel_now(stripe_id, reason=UNDELIVERED)
    sync_now(stripe_id)
    with unit_of_work() as work:
        sold = get_sold_addon(work, operator.scope, addon_id)
        record_addon(work, sold.addon, actor=operator.actor, action="addon.refunded")
        return sold


def _mark(work: UnitOfWork, operator: Operator, addon: StoreAddOn, state: Fulfilment) -> bool:
    """Write the state, with an audit entry; whether it is news."""
    if addon.fulfilment == state:
        return False
    before = told(addon)
    addon.fulfilment = state
    record_addon(
        work, addon, actor=operator.actor, action=f"addon.fulfilment_{state}", before=before
    )
    return True
