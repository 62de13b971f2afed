"""News of an invoice is merged into the history of its merchant (S12, D28)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.upsert import insert_or_ignore
from app.modules.billing.gateways.shapes import invoice_snapshot
from app.modules.billing.gateways.snapshots import InvoiceSnapshot
from app.modules.billing.models import BillingHistory
from app.modules.billing.repositories import stripe_links
from app.modules.billing.services.sync.arrears import write_addon_arrears
from app.modules.billing.services.sync.ownership import Belonging, find_belonging
from app.modules.billing.services.sync.plan_state import read_state as read_plan
from app.modules.billing.services.sync.write_plan import PlanNews, write_plans
from app.modules.billing.services.webhooks.invoice_state import (
    InvoiceState,
    read_state,
    told_by,
    values_of,
    write_state,
)
from app.modules.billing.services.webhooks.merge_invoice import merged
from app.modules.billing.services.webhooks.outcome import Event, Outcome, ignored, processed

OPEN = "open"


@dataclass(frozen=True, slots=True)
class KnownInvoice:
    """What an event told of an invoice, and what is known of it now, whatever came first."""

    news: InvoiceSnapshot
    row: BillingHistory
    owner: Owner

    @property
    def is_owed(self) -> bool:
        """Whether it still waits for money."""
        return self.row.status == OPEN


def with_invoice(
    tell: Callable[[UnitOfWork, KnownInvoice], None] | None = None,
) -> Callable[[UnitOfWork, Event], Outcome]:
    """Return what merges an event's invoice, then tells whoever has to know of it.

    The subscription that it is for is fetched, as its status may have changed with it.
    """

    def apply(work: UnitOfWork, event: Event) -> Outcome:
        known = merge_news(work, invoice_snapshot(event.object))
        if known is None:
            return ignored()
        if tell is not None:
            tell(work, known)
        return processed(known.owner, known.news.subscription_id)

    return apply


def merge_news(work: UnitOfWork, news: InvoiceSnapshot) -> KnownInvoice | None:
    """Merge an invoice into the history, its row locked; None for a stranger's."""
    found = find_belonging(
        work,
        subscription_id=news.subscription_id,
        customer_id=news.customer_id,
        metadata=news.metadata,
    )
    if found is None:
        return None
    state = told_by(news)
    insert_or_ignore(work.session, BillingHistory, [_new(news.id, found, state)])
    row = stripe_links.lock_invoice(work.session, news.id)
    assert row is not None
    merge_into(work, row, state)
    return KnownInvoice(news, row, found.owner)


def merge_into(work: UnitOfWork, row: BillingHistory, news: InvoiceState) -> None:
    """Merge news into a locked row, and what is then owed into the plan or add-on it is for."""
    write_state(row, merged(read_state(row), news))
    work.session.flush()
    _write_arrears(work, row)


def _new(invoice_id: str, found: Belonging, state: InvoiceState) -> dict[str, Any]:
    return {
        "stripe_invoice_id": invoice_id,
        "merchant_id": found.owner.merchant_id,
        "platform_id": found.owner.platform_id,
        "store_id": found.store_id,
        "created_at": business_now(),
        **values_of(state),
    }


def _write_arrears(work: UnitOfWork, row: BillingHistory) -> None:
    """An add-on's invoices touch its own columns alone (D29)."""
    subscription_id = row.stripe_subscription_id
    if subscription_id is None:
        return
    addon = stripe_links.addon_by_subscription(work.session, subscription_id)
    if addon is not None:
        write_addon_arrears(work, addon, payment_error=addon.last_payment_error)
        return
    plan = stripe_links.lock_plan(work.session, Owner(row.merchant_id, row.platform_id))
    if plan is not None and plan.stripe_subscription_id == subscription_id:
        state = read_plan(plan)
        write_plans(work, [PlanNews(plan, state, state)])
