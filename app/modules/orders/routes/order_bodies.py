"""From a request's body to an order to be."""

from app.modules.orders.schemas.order import OrderIn
from app.modules.orders.services.order_draft import OrderDraft, OrderLine


def draft_of(body: OrderIn) -> OrderDraft:
    """Return the order that a body describes."""
    return OrderDraft(
        customer_name=body.customer_name,
        customer_email=body.customer_email,
        lines=tuple(OrderLine(**line.model_dump()) for line in body.lines),
        currency=body.currency,
    )
