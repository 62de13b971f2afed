"""What first pages show of orders."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.contracts.metrics import ACTIVITY_DAYS, DashboardFigure
from app.contracts.tenants import StoreRef
from app.kit.calendar import local_date, local_day_bounds
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.formats import money_text, number_text
from app.kit.i18n import translate
from app.modules.orders.repositories.figures import count_of_merchant, turnover


def of_merchant(work: UnitOfWork, merchant_id: int) -> DashboardFigure:
    """Return how many orders came lately, over all stores of a merchant."""
    since = business_now() - timedelta(days=ACTIVITY_DAYS)
    return DashboardFigure(
        translate("orders.title"),
        number_text(count_of_merchant(work.session, merchant_id, since=since)),
        note=translate("orders.last_days", days=ACTIVITY_DAYS),
    )


def of_store(work: UnitOfWork, store: StoreRef) -> Iterator[DashboardFigure]:
    """Yield today's orders and what they come to, beside yesterday's; days of the store (D0)."""
    zone = ZoneInfo(store.timezone)
    today = local_date(business_now(), zone)
    now, before = (
        turnover(work.session, store, local_day_bounds(day, zone))
        for day in (today, today - timedelta(days=1))
    )
    yield DashboardFigure(
        translate("orders.today"),
        number_text(now.orders),
        note=translate("orders.yesterday", figure=number_text(before.orders)),
        href=f"/store/{store.code}/orders",
        order=10,
    )
    yield DashboardFigure(
        translate("orders.turnover_today"),
        money_text(now.total_cents, store.currency),
        note=translate("orders.yesterday", figure=money_text(before.total_cents, store.currency)),
        order=10,
    )
