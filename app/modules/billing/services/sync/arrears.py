"""What is owed for plans and add-ons, each by its own invoices (D29)."""

from datetime import datetime

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import AddOnStatus, StoreAddOn
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.sync.dunning import Dunning, OpenInvoice, dunning_of

_IN_ARREARS = {AddOnStatus.PAST_DUE, AddOnStatus.UNPAID}


def dunning_by_invoices(
    work: UnitOfWork,
    owner: Owner,
    subscription_id: str,
    *,
    in_arrears: bool,
    otherwise_since: datetime,
) -> Dunning:
    """Return what the open invoices of one subscription say of what is owed."""
    if not in_arrears:
        return Dunning()
    rows = stripe_links.open_invoices(work.session, owner, subscription_id)
    invoices = [OpenInvoice(row.invoice_date, row.attempt_count) for row in rows]
    return dunning_of(invoices, otherwise_since=otherwise_since)


def write_addon_arrears(work: UnitOfWork, addon: StoreAddOn, *, payment_error: str | None) -> None:
    """Write into an add-on's own columns what is owed for it; the plan is never touched."""
    if addon.stripe_subscription_id is None:
        return
    dunning = dunning_by_invoices(
        work,
        Owner(addon.merchant_id, addon.platform_id),
        addon.stripe_subscription_id,
        in_arrears=addon.status in _IN_ARREARS,
        otherwise_since=addon.period_start or addon.purchased_at,
    )
    addon.payment_retry_count = dunning.retry_count
    addon.past_due_since = dunning.since
    addon.last_payment_error = payment_error if dunning.since else None
