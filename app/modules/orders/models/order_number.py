"""How far the numbers of a store's orders have come."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base


class OrderNumber(Base):
    """The last number given in a store; its row is locked by whoever takes the next one."""

    __tablename__ = "order_numbers"

    store_id: Mapped[int] = mapped_column(
        ForeignKey("stores.id"), primary_key=True, autoincrement=False
    )
    last: Mapped[int]
