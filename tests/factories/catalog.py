"""Products of a shop's store."""

from itertools import count

from app.contracts.tenants import StoreRef
from app.kit.db import unit_of_work
from app.modules.catalog.models import Product
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.product_draft import ProductDraft
from tests.factories.tenancy import AShop

_numbers = count(1)


def store_of(shop: AShop, *, currency: str = "EUR") -> StoreRef:
    """Describe a shop's store as other modules see it."""
    return StoreRef(
        id=shop.store_id,
        code=shop.store_code,
        name=shop.store_code.title(),
        owner=shop.owner,
        currency=currency,
        timezone="Europe/Luxembourg",
        is_active=True,
    )


def a_draft(sku: str | None = None, *, name: str = "Riesling", cents: int = 1250) -> ProductDraft:
    """Describe a product to be, with an SKU of its own."""
    return ProductDraft(name=name, sku=sku or f"sku-{next(_numbers)}", price_cents=cents)


def a_product(shop: AShop, sku: str | None = None, *, name: str = "Riesling") -> int:
    """Add a product as the product itself does; returns the id."""
    with unit_of_work() as work:
        return create_product(work, store_of(shop), draft=a_draft(sku, name=name)).id


def standing_skus(shop: AShop) -> list[str]:
    """Return the SKUs of the products that are not deleted, sorted."""
    with unit_of_work(read_only=True) as work:
        rows = work.session.query(Product).filter_by(store_id=shop.store_id, deleted_at=None)
        return sorted(product.sku for product in rows)
