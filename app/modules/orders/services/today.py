"""What came in today, for the store's first page."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.kit.calendar import local_date, local_day_bounds
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.http.context import request_context
from app.modules.orders.repositories.figures import turnover
from app.modules.tenancy.public import StoreVisit


def orders_today() -> dict[str, Any] | None:
    """Return today's orders and yesterday's in the visited store; None outside stores.

    Days are those of the store's zone (D0). The page must not be rendered inside a unit of work.
    """
    visit = request_context().place
    if not isinstance(visit, StoreVisit):
        return None
    zone = ZoneInfo(visit.store.timezone)
    today = local_date(business_now(), zone)
    with unit_of_work(read_only=True) as work:
        of_today, of_yesterday = (
            turnover(work.session, visit.store, local_day_bounds(day, zone))
            for day in (today, today - timedelta(days=1))
        )
    return {"today": of_today, "yesterday": of_yesterday}
