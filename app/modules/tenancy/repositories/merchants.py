"""Finding merchants."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.modules.tenancy.models import Merchant


@dataclass(frozen=True)
class MerchantName:
    """A merchant as a page's place needs it."""

    id: int
    name: str


def find_visited(
    session: Session, *, merchant_id: int | None, owned: frozenset[int]
) -> MerchantName | None:
    """Return the merchant with an id, or without one the first that the asker owns."""
    query = select(Merchant.id, Merchant.name).order_by(Merchant.id).limit(1)
    if merchant_id is not None:
        query = query.where(Merchant.id == merchant_id)
    else:
        query = query.where(Merchant.id.in_(owned))
    row = session.execute(query).first()
    return None if row is None else MerchantName(row.id, row.name)
