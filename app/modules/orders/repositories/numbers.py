"""Numbering the orders of a store without gaps or repetitions."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.upsert import insert_or_ignore
from app.modules.orders.models import OrderNumber


def take_number(session: Session, store: StoreRef) -> int:
    """Return the next number of a store; others wait for it until the transaction ends."""
    statement = (
        update(OrderNumber)
        .where(OrderNumber.store_id == store.id)
        .values(last=OrderNumber.last + 1)
        .returning(OrderNumber.last)
        .execution_options(synchronize_session=False)
    )
    number = session.scalar(statement)
    if number is None:
        insert_or_ignore(session, OrderNumber, [{"store_id": store.id, "last": 0}])
        number = session.scalars(statement).one()
    return number
