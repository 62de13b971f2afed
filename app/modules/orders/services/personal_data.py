"""What orders say of the people who placed them."""

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, CursorResult, func, select, update

from app.contracts.people import Person, Told
from app.kit.db import UnitOfWork
from app.kit.mentions import rows_of, united
from app.modules.core.public import PersonalTexts
from app.modules.orders.models import Order


class OrdersPeople(PersonalTexts):
    """Customers, who have no account; an order stays without its customer."""

    def __init__(self) -> None:
        super().__init__(Order.lines)

    def names(self, work: UnitOfWork, email: str) -> Collection[str]:
        """Return the names that came with orders from this address."""
        named = select(Order.customer_name).where(_placed_by(email)).distinct()
        return work.session.scalars(named).all()

    def tell(self, work: UnitOfWork, person: Person) -> Told:
        """Return the person's orders, and others that mention the person."""
        placed = rows_of(work.session, select(Order).where(_placed_by(person.email)))
        others = super().tell(work, person).get("orders", ())
        orders = united(placed, others)
        return {"orders": orders} if orders else {}

    def forget(self, work: UnitOfWork, person: Person) -> Mapping[str, int]:
        """Take name and address off the person's orders."""
        counts = Counter(super().forget(work, person))
        anonymous = (
            update(Order)
            .where(_placed_by(person.email))
            .values(customer_name="", customer_email="", version=Order.version + 1)
            .execution_options(synchronize_session=False)
        )
        placed = work.session.execute(anonymous)
        assert isinstance(placed, CursorResult)
        counts["orders"] += placed.rowcount
        return counts


def _placed_by(email: str) -> ColumnElement[bool]:
    return func.lower(Order.customer_email) == email
