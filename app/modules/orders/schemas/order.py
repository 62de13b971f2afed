"""Shapes of orders."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from app.kit.http.fields import Line
from app.modules.orders.models import Order, OrderStatus

Text = Annotated[Line, Field(min_length=1, max_length=200)]


class OrderLineIn(BaseModel):
    """So many of one thing, each at a price in minor units."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    sku: Annotated[Line, Field(min_length=1, max_length=64)] | None = None
    quantity: Annotated[StrictInt, Field(ge=1, le=1_000_000)]
    unit_price_cents: Annotated[StrictInt, Field(ge=0, le=10**11)]


class OrderIn(BaseModel):
    """An order to write down; its total is the sum of the lines."""

    model_config = ConfigDict(extra="forbid")

    customer_name: Text
    customer_email: Annotated[Line, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")] = ""
    lines: Annotated[list[OrderLineIn], Field(min_length=1, max_length=200)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None


class InboundOrderIn(OrderIn):
    """An order that a shop or a marketplace sends; `external_id` is its own name for it."""

    external_id: Text


class StatusIn(BaseModel):
    """The status to have from now on."""

    model_config = ConfigDict(extra="forbid")

    status: OrderStatus


class OrderLineOut(BaseModel):
    """One line of an order."""

    name: str
    sku: str | None
    quantity: int
    unit_price_cents: int


class OrderOut(BaseModel):
    """An order."""

    id: int
    number: int
    source: str
    external_id: str | None
    customer_name: str
    customer_email: str
    lines: list[OrderLineOut]
    total_cents: int
    currency: str
    status: str
    accepted_while_restricted: bool
    version: int
    created_at: datetime

    @classmethod
    def of(cls, order: Order) -> Self:
        """Describe an order."""
        return cls.model_validate({name: getattr(order, name) for name in cls.model_fields})
