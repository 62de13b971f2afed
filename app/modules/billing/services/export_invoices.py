"""Every bill that was ever written, as CSV for an accountant."""

from collections.abc import Iterator, Sequence

from app.kit.csv_text import BOM, csv_text
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.money import Money
from app.modules.billing.models import BillingHistory
from app.modules.billing.repositories import billing_history
from app.modules.tenancy.public import merchant_names, platform_codes

ROWS_AT_ONCE = 1_000
AMOUNTS = ("subtotal", "tax", "total", "amount_paid", "refunded")
COLUMNS = (
    "id",
    "invoice_number",
    "invoice_date",
    "due_date",
    "status",
    "merchant_id",
    "merchant",
    "platform",
    *AMOUNTS,
    "currency",
    "reverse_charge",
    "buyer_name",
    "buyer_vat_id",
)


def export_invoices(platform_ids: frozenset[int] | None) -> Iterator[str]:
    """Yield the bills of some platforms (None: all) piece by piece, in constant memory.

    Each piece has a unit of work of its own. Amounts are decimal, in the currency beside them.
    """
    yield BOM + csv_text([COLUMNS])
    last_id = 0
    while True:
        with unit_of_work(read_only=True) as work:
            rows = billing_history.bills_after(
                work.session, platform_ids, after_id=last_id, count=ROWS_AT_ONCE
            )
            cells = _cells(work, rows)
        if not rows:
            return
        yield csv_text(cells)
        last_id = rows[-1].id


def _cells(work: UnitOfWork, rows: Sequence[BillingHistory]) -> list[tuple[object, ...]]:
    names = merchant_names(work, [one.merchant_id for one in rows])
    codes = platform_codes(work, [one.platform_id for one in rows])
    return [
        (
            one.id,
            one.invoice_number,
            one.invoice_date.isoformat(),
            one.due_date and one.due_date.isoformat(),
            one.status,
            one.merchant_id,
            names.get(one.merchant_id),
            codes.get(one.platform_id),
            *(str(Money(getattr(one, f"{name}_cents"), one.currency).amount) for name in AMOUNTS),
            one.currency,
            one.reverse_charge,
            one.buyer_name,
            one.buyer_vat_id,
        )
        for one in rows
    ]
