"""The page of a store's orders."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.http.router import page_router
from app.kit.money import minor_digits
from app.kit.templating import render_page
from app.modules.orders.permissions import MANAGE_ORDERS, VIEW_ORDERS
from app.modules.tenancy.public import StoreVisit, in_store_page

router = page_router("/store/{store_code}")


@router.get("/orders")
def get_orders(
    request: Request, visit: Annotated[StoreVisit, Depends(in_store_page(VIEW_ORDERS))]
) -> str:
    """What was bought, with the month's limit where it matters."""
    return render_page(
        request,
        "orders/store/orders.html",
        store=visit.store,
        digits=minor_digits(visit.store.currency),
        may_manage=visit.may(MANAGE_ORDERS),
    )
