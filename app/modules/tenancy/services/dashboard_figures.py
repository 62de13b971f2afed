"""The figures of a first page, as all modules offer them."""

from collections.abc import Iterable
from operator import attrgetter

from app.contracts.metrics import DashboardFigure, May, metrics_providers
from app.contracts.tenants import AdminScope, StoreRef
from app.kit.db import UnitOfWork


def admin_figures(work: UnitOfWork, scope: AdminScope, may: May) -> list[DashboardFigure]:
    """Return the figures of an operator's first page."""
    return _in_order(
        one for module in metrics_providers() for one in module.admin_figures(work, scope, may)
    )


def merchant_figures(work: UnitOfWork, merchant_id: int, may: May) -> list[DashboardFigure]:
    """Return the figures of an owner's first page."""
    return _in_order(
        one
        for module in metrics_providers()
        for one in module.merchant_figures(work, merchant_id, may)
    )


def store_figures(work: UnitOfWork, store: StoreRef, may: May) -> list[DashboardFigure]:
    """Return the figures of a store's first page."""
    return _in_order(
        one for module in metrics_providers() for one in module.store_figures(work, store, may)
    )


def _in_order(figures: Iterable[DashboardFigure]) -> list[DashboardFigure]:
    return sorted(figures, key=attrgetter("order"))
