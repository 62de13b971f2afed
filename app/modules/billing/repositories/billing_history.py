"""Finding invoices; the merchant first."""

from collections.abc import Sequence

from sqlalchemy import Select, select
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
    session: Session,
    merchant_id: int,
    request: PageRequest,
    *,
    platform_ids: frozenset[int] | None = None,
) -> Page[BillingHistory]:
    """Return a page of a merchant's invoices on some platforms (None: all), newest first.

    There are no drafts among them.
    """
    scope = "all" if platform_ids is None else sorted(platform_ids)
    return paginate(
        session,
        _of_merchant(merchant_id, platform_ids).where(BillingHistory.status != "draft"),
        sorting=SORTING,
        request=request,
        filters={"merchant": merchant_id, "platforms": scope},
    )


def find_of_merchant(
    session: Session,
    merchant_id: int,
    invoice_id: int,
    *,
    platform_ids: frozenset[int] | None = None,
) -> BillingHistory | None:
    """Return one invoice of a merchant, of some platforms (None: all)."""
    query = _of_merchant(merchant_id, platform_ids).where(BillingHistory.id == invoice_id)
    return session.scalars(query).first()


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


def _of_merchant(merchant_id: int, platform_ids: frozenset[int] | None) -> Select[BillingHistory]:
    query = select(BillingHistory).where(BillingHistory.merchant_id == merchant_id)
    if platform_ids is None:
        return query
    return query.where(BillingHistory.platform_id.in_(platform_ids))
