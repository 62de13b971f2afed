"""Figures that this module offers."""

from collections.abc import Iterable

from app.contracts.metrics import DashboardFigure, May, MetricsProviderProtocol
from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.modules.billing.permissions import VIEW_ADMIN
from app.modules.billing.services.figures.dashboard import business_figures


class BillingMetrics(MetricsProviderProtocol):
    """Revenue and subscriptions."""

    def admin_figures(
        self, work: UnitOfWork, scope: AdminScope, may: May
    ) -> Iterable[DashboardFigure]:
        """Return what subscriptions bring, and how many there are of each kind."""
        return business_figures(work, scope) if may(VIEW_ADMIN) else ()
