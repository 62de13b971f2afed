"""Finding invoices; the merchant first."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contracts.tenants import Owner
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.billing.models import BillingHistory

SORTING = Sorting(
    {"invoice_date": BillingHistory.invoice_date}, tie=BillingHistory.id, default="-invoice_date"
)


def list_invoices(session: Session, owner: Owner, request: PageRequest) -> Page[BillingHistory]:
    """Return a page of a merchant's invoices on a platform, newest first; no drafts."""
    return paginate(
        session,
        select(BillingHistory).where(
            BillingHistory.merchant_id == owner.merchant_id,
            BillingHistory.platform_id == owner.platform_id,
            BillingHistory.status != "draft",
        ),
        sorting=SORTING,
        request=request,
        filters={"owner": list(owner)},
    )


def list_of_merchant(
    session: Session, merchant_id: int, request: PageRequest
) -> Page[BillingHistory]:
    """Return a page of a merchant's invoices on all platforms, newest first; no drafts."""
    return paginate(
        session,
        select(BillingHistory).where(
            BillingHistory.merchant_id == merchant_id, BillingHistory.status != "draft"
        ),
        sorting=SORTING,
        request=request,
        filters={"merchant": merchant_id},
    )


def find_of_merchant(session: Session, merchant_id: int, invoice_id: int) -> BillingHistory | None:
    """Return one invoice of a merchant, of whichever platform."""
    return session.scalars(
        select(BillingHistory).where(
            BillingHistory.merchant_id == merchant_id, BillingHistory.id == invoice_id
        )
    ).first()


def find_invoice(session: Session, owner: Owner, invoice_id: int) -> BillingHistory | None:
    """Return one invoice of a merchant on a platform."""
    return session.scalars(
        select(BillingHistory).where(
            BillingHistory.merchant_id == owner.merchant_id,
            BillingHistory.platform_id == owner.platform_id,
            BillingHistory.id == invoice_id,
        )
    ).first()


def find_open(session: Session, owner: Owner) -> BillingHistory | None:
    """Return the oldest invoice of a merchant on a platform that waits for its payment."""
    return session.scalars(
        select(BillingHistory)
        .where(
            BillingHistory.merchant_id == owner.merchant_id,
            BillingHistory.platform_id == owner.platform_id,
            BillingHistory.status == "open",
        )
        .order_by(BillingHistory.invoice_date, BillingHistory.id)
        .limit(1)
    ).first()


def bills_after(
    session: Session, platform_ids: frozenset[int] | None, *, after_id: int, count: int
) -> Sequence[BillingHistory]:
    """Return the next bills of some platforms (None: all) by id; no drafts."""
    rows = select(BillingHistory).where(
        BillingHistory.id > after_id, BillingHistory.status != "draft"
    )
    if platform_ids is not None:
        rows = rows.where(BillingHistory.platform_id.in_(platform_ids))
    return session.scalars(rows.order_by(BillingHistory.id).limit(count)).all()
