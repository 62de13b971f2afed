"""What may be done with products (D2)."""

from app.contracts.permissions import STORE_STAFF, Permission

VIEW_PRODUCTS = "catalog.view_products"
MANAGE_PRODUCTS = "catalog.manage_products"

PERMISSIONS = (
    Permission(VIEW_PRODUCTS, STORE_STAFF, scope="read"),
    Permission(MANAGE_PRODUCTS, STORE_STAFF, scope="catalog:write"),
)
