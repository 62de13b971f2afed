"""The page of a store's products."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.contracts.permissions import permissions
from app.kit.http.router import page_router
from app.kit.money import minor_digits
from app.kit.templating import render_page
from app.modules.catalog.permissions import MANAGE_PRODUCTS, VIEW_PRODUCTS
from app.modules.tenancy.public import StoreVisit, in_store_page

MEDIA = "media.view_media"  # known where the module media runs

router = page_router("/store/{store_code}")


@router.get("/products")
def get_products(
    request: Request, visit: Annotated[StoreVisit, Depends(in_store_page(VIEW_PRODUCTS))]
) -> str:
    """What the store sells, with the limit where it matters."""
    return render_page(
        request,
        "catalog/store/products.html",
        store=visit.store,
        digits=minor_digits(visit.store.currency),
        may_manage=visit.may(MANAGE_PRODUCTS),
        has_pictures=MEDIA in permissions(),
    )
