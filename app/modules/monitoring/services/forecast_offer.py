"""Whether a store's plan tells when limits are reached, for pages that show it."""

from typing import Any

from app.contracts.features import gate
from app.kit.http.context import request_context
from app.modules.monitoring.services.store_analytics import FORECAST
from app.modules.tenancy.public import StoreVisit


def forecast_offer() -> dict[str, Any] | None:
    """Return whether the visited store `has_forecast`, else the `tier` that would have it.

    None outside stores, and where no tier helps. Asks the gate, so no unit of work may be open.
    """
    visit = request_context().place
    if not isinstance(visit, StoreVisit):
        return None
    if gate().check(visit.store.owner, FORECAST).allowed:
        return {"has_forecast": True}
    offer = gate().offer(visit.store.owner, FORECAST)
    return None if offer is None else {"has_forecast": False, "tier": offer.name}
