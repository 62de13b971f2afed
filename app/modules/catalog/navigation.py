"""Where people find products."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.catalog.permissions import VIEW_PRODUCTS

NAVIGATION = (
    NavigationEntry(
        area=Area.STORE,
        group="tenancy.store.navigation",
        label="catalog.products.title",
        href="/store/{store_code}/products",
        icon="package",
        permission=VIEW_PRODUCTS,
        order=20,
    ),
)
