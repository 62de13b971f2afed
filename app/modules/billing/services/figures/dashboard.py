"""What operators see first of the business (D27)."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from app.contracts.metrics import DashboardFigure
from app.contracts.tenants import AdminScope
from app.kit.calendar import local_date, local_month_bounds
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.formats import money_text, number_text
from app.kit.i18n import translate
from app.kit.money import per_month
from app.kit.settings import Settings, load_settings
from app.modules.billing.models import SubscriptionStatus
from app.modules.billing.repositories import revenue_rows
from app.modules.billing.services.figures.statistics import CURRENCY, mrr_cents, read_totals
from app.modules.tenancy.public import every_platform

FIRST = 10
_COUNTED = (
    ("active", SubscriptionStatus.ACTIVE, "/admin/subscriptions?status=active"),
    ("trials", SubscriptionStatus.TRIAL, "/admin/subscriptions?status=trial"),
    ("past_due", SubscriptionStatus.PAST_DUE, "/admin/past-due"),
)


def business_figures(work: UnitOfWork, scope: AdminScope) -> Iterator[DashboardFigure]:
    """Yield the monthly revenue with its movement, and subscriptions by status."""
    totals = read_totals(work, scope)
    moved = _moved_since(work, scope, _month_start())
    yield DashboardFigure(
        translate("billing.subscriptions.mrr"),
        money_text(mrr_cents(totals), CURRENCY),
        note=_movement(per_month(moved)),
        trend=None if moved == 0 else "up" if moved > 0 else "down",
        order=FIRST,
    )
    for name, status, href in _COUNTED:
        yield DashboardFigure(
            translate(f"billing.subscriptions.{name}"),
            number_text(totals.by_status[status]),
            href=href,
            order=FIRST,
        )


def _moved_since(work: UnitOfWork, scope: AdminScope, since: datetime) -> int:
    """Return by how much the annual revenue moved, in minor units; reads no older changes."""
    platform_ids = scope.platform_ids
    if platform_ids is None:
        platform_ids = frozenset(one.id for one in every_platform(work))
    return revenue_rows.moved_since(work.session, platform_ids, since)


def _movement(cents: int) -> str:
    sign = "+" if cents > 0 else ""
    return translate("billing.subscriptions.moved", amount=sign + money_text(cents, CURRENCY))


def _month_start() -> datetime:
    zone = ZoneInfo(load_settings(Settings).timezone)
    return local_month_bounds(local_date(business_now(), zone), zone).start
