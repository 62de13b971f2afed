"""What stores' first pages show of products."""

from app.contracts.panels import Panel
from app.modules.catalog.permissions import VIEW_PRODUCTS
from app.modules.catalog.services.stocked import stocked

PANELS = (
    Panel(
        page="tenancy.store.figures",
        template="catalog/store/stocked.html",
        permission=VIEW_PRODUCTS,
        values=stocked,
        order=20,
    ),
)
