"""What a store's first page shows of products."""

from app.contracts.metrics import DashboardFigure
from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.kit.formats import number_text
from app.kit.i18n import translate
from app.modules.catalog.repositories.figures import Assortment, assortment


def of_store(work: UnitOfWork, store: StoreRef) -> DashboardFigure:
    """Return how many products a store has, and how many of them are on sale."""
    found = assortment(work.session, store)
    count = number_text(found.products)
    return DashboardFigure(
        translate("catalog.products.title"),
        translate("catalog.products.at_least", count=count) if found.has_more else count,
        note=_note(found),
        href=f"/store/{store.code}/products",
        order=20,
    )


def _note(found: Assortment) -> str | None:
    if found.products == 0:
        return translate("catalog.products.add_first")
    if found.has_more:
        return None
    return translate("catalog.products.on_sale_count", count=number_text(found.on_sale))
