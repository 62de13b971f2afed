"""A store's products."""

from typing import Annotated

from fastapi import Depends, Response

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.fields import Id
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.catalog.models import Product
from app.modules.catalog.permissions import MANAGE_PRODUCTS, VIEW_PRODUCTS
from app.modules.catalog.repositories import products
from app.modules.catalog.repositories.products import ProductFilters, ProductStatus
from app.modules.catalog.schemas.product import ProductIn, ProductOut, ProductPatch
from app.modules.catalog.services.allow_images import allow_changed_images, allow_images
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.delete_product import delete_product
from app.modules.catalog.services.product_draft import ProductDraft
from app.modules.catalog.services.restore_product import restore_product
from app.modules.catalog.services.update_product import update_product
from app.modules.media.public import pictures
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/products", "Store products")
Viewing = Annotated[StoreVisit, Depends(in_store(VIEW_PRODUCTS))]
Managing = Annotated[StoreVisit, Depends(in_store(MANAGE_PRODUCTS))]


@router.get("")
def get_products(
    visit: Viewing, paging: Paging, search: Search = None, status: ProductStatus | None = None
) -> PageOut[ProductOut]:
    """The store's products, the deleted ones by their status; `search` begins a name or SKU;
    sorts: name, sku, price, created_at."""
    with unit_of_work(read_only=True) as work:
        page = products.list_products(
            work.session, visit.store, filters=ProductFilters(search, status), request=paging
        )
        shown = pictures(
            work, visit.store, [one for row in page.items for one in row.image_media_ids]
        )
        return PageOut[ProductOut].of(page.map(lambda row: ProductOut.of(row, shown)))


@router.post("", status_code=201)
@idempotent
def post_product(body: ProductIn, visit: Managing, response: Response) -> ProductOut:
    """Add a product; takes one unit of the merchant's `max_products`."""
    draft = ProductDraft(
        name=body.name,
        sku=body.sku,
        price_cents=body.price_cents,
        description=body.description,
        currency=body.currency,
        is_active=body.is_active,
        image_media_ids=tuple(body.image_media_ids),
    )
    allow_images(visit.store, draft.image_media_ids)
    with unit_of_work() as work:
        product = create_product(work, visit.store, draft=draft)
        set_etag(response, product.version)
        return _out(work, visit, product)


@router.get("/{product_id}")
def get_product(product_id: Id, visit: Viewing, response: Response) -> ProductOut:
    """One product; a deleted one is found by the list alone."""
    with unit_of_work(read_only=True) as work:
        product = products.get_product(work.session, visit.store, product_id)
        set_etag(response, product.version)
        return _out(work, visit, product)


@router.patch("/{product_id}")
def patch_product(
    product_id: Id,
    body: ProductPatch,
    visit: Managing,
    expected: ExpectedVersion,
    response: Response,
) -> ProductOut:
    """Change a product; what is left out stays."""
    changes = body.model_dump(exclude_unset=True)
    allow_changed_images(visit.store, product_id, changes.get("image_media_ids"))
    with unit_of_work() as work:
        product = update_product(work, visit.store, product_id, changes=changes, expected=expected)
        set_etag(response, product.version)
        return _out(work, visit, product)


@router.delete("/{product_id}", status_code=204)
def delete_one_product(product_id: Id, visit: Managing, expected: ExpectedVersion) -> None:
    """Delete a product; it can be restored, and its unit is free at once."""
    with unit_of_work() as work:
        delete_product(work, visit.store, product_id, expected=expected)


@router.post("/{product_id}/restore")
@idempotent
def post_restore(product_id: Id, visit: Managing, response: Response) -> ProductOut:
    """Bring a deleted product back; takes its unit again."""
    with unit_of_work() as work:
        product = restore_product(work, visit.store, product_id)
        set_etag(response, product.version)
        return _out(work, visit, product)


def _out(work: UnitOfWork, visit: StoreVisit, product: Product) -> ProductOut:
    return ProductOut.of(product, pictures(work, visit.store, product.image_media_ids))
