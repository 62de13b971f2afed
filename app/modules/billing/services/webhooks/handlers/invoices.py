"""News of an invoice is merged into the history of its merchant (S12, D28)."""

from collections.abc import Callable, Iterable, Sequence
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


def with_invoices(
    tell: Callable[[UnitOfWork, Sequence[KnownInvoice]], None] | None = None,
) -> Callable[[UnitOfWork, Sequence[Event]], list[Outcome]]:
    """Return what merges the invoices of events, then tells whoever has to know of them.

    The subscriptions that they are for are fetched, as a status may have changed with each.
    """

    def apply(work: UnitOfWork, events: Sequence[Event]) -> list[Outcome]:
        invoices = merge_news(work, [invoice_snapshot(event.object) for event in events])
        if tell is not None:
            tell(work, [one for one in invoices if one is not None])
        return [
            ignored() if one is None else processed(one.owner, one.news.subscription_id)
            for one in invoices
        ]

    return apply


def merge_news(work: UnitOfWork, news: Sequence[InvoiceSnapshot]) -> list[KnownInvoice | None]:
    """Merge invoices into the history, their rows locked; None for a stranger's."""
    ours = [(one, found, told_by(one)) for one in news if (found := _belonging(work, one))]
    new = {one.id: _new(one.id, found, state) for one, found, state in ours}
    in_order = [new[one] for one in sorted(new)]  # two that meet wait in one order
    insert_or_ignore(work.session, BillingHistory, in_order)
    rows = stripe_links.lock_invoices(work.session, new)
    merge_into(work, [(rows[one.id], state) for one, _, state in ours])
    known = {one.id: KnownInvoice(one, rows[one.id], found.owner) for one, found, _ in ours}
    return [known.get(one.id) for one in news]


def merge_into(work: UnitOfWork, news: Sequence[tuple[BillingHistory, InvoiceState]]) -> None:
    """Merge news into locked rows, and what is then owed into the plans and add-ons."""
    for row, state in news:
        write_state(row, merged(read_state(row), state))
    work.session.flush()
    _write_arrears(work, [row for row, _ in news])


def _belonging(work: UnitOfWork, news: InvoiceSnapshot) -> Belonging | None:
    return find_belonging(
        work,
        subscription_id=news.subscription_id,
        customer_id=news.customer_id,
        metadata=news.metadata,
    )


def _new(invoice_id: str, found: Belonging, state: InvoiceState) -> dict[str, Any]:
    return {
        "stripe_invoice_id": invoice_id,
        "merchant_id": found.owner.merchant_id,
        "platform_id": found.owner.platform_id,
        "store_id": found.store_id,
        "created_at": business_now(),
        **values_of(state),
    }


def _write_arrears(work: UnitOfWork, invoices: Iterable[BillingHistory]) -> None:
    """An add-on's invoices touch its own columns alone (D29)."""
    owners = {
        one.stripe_subscription_id: Owner(one.merchant_id, one.platform_id)
        for one in invoices
        if one.stripe_subscription_id is not None
    }
    news = []
    for subscription_id, owner in owners.items():
        addon = stripe_links.addon_by_subscription(work.session, subscription_id)
        if addon is not None:
            write_addon_arrears(work, addon, payment_error=addon.last_payment_error)
            continue
        plan = stripe_links.lock_plan(work.session, owner)
        if plan is not None and plan.stripe_subscription_id == subscription_id:
            state = read_plan(plan)
            news.append(PlanNews(plan, state, state))
    write_plans(work, news)
