"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.catalog.demo import seed_demo
from app.modules.catalog.features import FEATURES, CatalogFeatures
from app.modules.catalog.metrics import CatalogMetrics
from app.modules.catalog.navigation import NAVIGATION
from app.modules.catalog.permissions import PERMISSIONS
from app.modules.catalog.routes import api_product_files, api_products, pages_products
from app.modules.catalog.services.follow_store import ProductsFollowStore
from app.modules.catalog.services.media_usage import ProductMediaUsage
from app.modules.catalog.services.personal_data import CATALOG_PEOPLE

MODULE = ModuleDefinition(
    code="catalog",
    folder=Path(__file__).parent,
    # The files' fixed addresses before those that hold an id.
    routers=(api_product_files.router, api_products.router, pages_products.router),
    permissions=PERMISSIONS,
    navigation=NAVIGATION,
    features=CatalogFeatures(FEATURES),
    metrics=CatalogMetrics(),
    personal_data=CATALOG_PEOPLE,
    media_usage=ProductMediaUsage(),
    demo=seed_demo,
    store_deleted=ProductsFollowStore(),
    store_restored=ProductsFollowStore(),
)
