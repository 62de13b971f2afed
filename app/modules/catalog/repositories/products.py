"""Reading a store's products."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from app.contracts.tenants import StoreRef
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.catalog.exceptions import ProductNotFound
from app.modules.catalog.models import Product

SORTING = Sorting(
    {
        "name": Product.name,
        "sku": Product.sku,
        "price": Product.price_cents,
        "created_at": Product.created_at,
    },
    tie=Product.id,
    default="-created_at",
)
SKUS_ASKED_AT_ONCE = 500


class ProductStatus(StrEnum):
    """What a list of products is narrowed to."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DELETED = "deleted"


@dataclass(frozen=True)
class ProductFilters:
    """Without a status all but the deleted are meant; `search` begins a name or SKU."""

    search: str | None = None
    status: ProductStatus | None = None


_stands = Product.deleted_at.is_(None)
_STATUS_IS: dict[ProductStatus | None, ColumnElement[bool]] = {
    None: _stands,
    ProductStatus.ACTIVE: and_(_stands, Product.is_active),
    ProductStatus.INACTIVE: and_(_stands, Product.is_active.is_(False)),
    ProductStatus.DELETED: Product.deleted_at.is_not(None),
}


def list_products(
    session: Session, store: StoreRef, *, filters: ProductFilters, request: PageRequest
) -> Page[Product]:
    """Return a page of a store's products."""
    rows = _of(store).where(_STATUS_IS[filters.status])
    if filters.search and filters.search.strip():
        begins = filters.search.strip()
        rows = rows.where(
            or_(
                Product.name.istartswith(begins, autoescape=True),
                Product.sku.istartswith(begins, autoescape=True),
            )
        )
    given = {"store": store.id, "filters": repr(filters)}
    return paginate(session, rows, sorting=SORTING, request=request, filters=given)


def get_product(
    session: Session, store: StoreRef, product_id: int, *, deleted_too: bool = False
) -> Product:
    """Return one product of a store. Raises ProductNotFound."""
    rows = _of(store).where(Product.id == product_id)
    product = session.scalars(rows if deleted_too else rows.where(_stands)).first()
    if product is None:
        raise ProductNotFound
    return product


def products_after(
    session: Session, store: StoreRef, *, after_id: int, count: int
) -> Sequence[Product]:
    """Return the next `count` products that stand, by id."""
    rows = _of(store).where(_stands, Product.id > after_id).order_by(Product.id).limit(count)
    return session.scalars(rows).all()


def taken_skus(session: Session, store: StoreRef, skus: Sequence[str]) -> Iterator[str]:
    """Yield those of `skus` that products of the store have."""
    for start in range(0, len(skus), SKUS_ASKED_AT_ONCE):
        some = skus[start : start + SKUS_ASKED_AT_ONCE]
        yield from session.scalars(
            select(Product.sku).where(
                Product.merchant_id == store.owner.merchant_id,
                Product.store_id == store.id,
                _stands,
                Product.sku.in_(some),
            )
        )


def _of(store: StoreRef) -> Select[Product]:
    return select(Product).where(
        Product.merchant_id == store.owner.merchant_id, Product.store_id == store.id
    )
