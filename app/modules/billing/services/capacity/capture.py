"""Taking the day's snapshot of every platform and of all, with forecasts (D33, D34)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope
from app.kit.calendar import local_date
from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.settings import Settings, load_settings
from app.modules.billing.models import scope_name
from app.modules.billing.repositories import capacity_rows
from app.modules.billing.services.capacity.history import KEPT_DAYS, read_history
from app.modules.billing.services.capacity.measure import Measured, measure
from app.modules.billing.services.capacity.projections import Projection, project, store
from app.modules.tenancy.public import every_platform, platform_timezone


@dataclass(frozen=True)
class Captured:
    """What was written: the day of the overall snapshot, when, and of how many platforms."""

    day: date
    taken_at: datetime
    platforms: int


def capture_snapshot(*, with_forecasts: bool = True) -> Captured:
    """Write today's snapshots and renew the forecasts; again the same day updates them.

    A platform's day is that of its zone (D0). Opens its own units of work: measuring reads,
    forecasting needs no database, and only the writing takes a lock.
    """
    now = business_now()
    with unit_of_work(read_only=True) as work:
        measured = measure(work.session)
        days = _days(work.session, [one.id for one in every_platform(work)], now)
    with unit_of_work() as work:
        for platform_id, day in days.items():
            figures = measured.get(platform_id, Measured()).columns
            capacity_rows.put_snapshot(work.session, day, platform_id, {**figures, "taken_at": now})
    if with_forecasts:
        renew_forecasts(days)
    return Captured(days[None], now, len(days) - 1)


def renew_forecasts(days: Mapping[int | None, date]) -> None:
    """Make the forecasts of some platforms (None: of all together) anew, from their history."""
    for platform_id, day in days.items():
        made = _projected(platform_id, day)
        with unit_of_work() as work:
            store(work.session, scope_name(platform_id), day, made)


def _projected(platform_id: int | None, day: date) -> dict[str, Projection]:
    scope = AdminScope(None if platform_id is None else frozenset({platform_id}))
    with unit_of_work(read_only=True) as work:
        history = read_history(work.session, scope, since=day - timedelta(days=KEPT_DAYS))
    return project(history)


def _days(db: Session, platform_ids: list[int], now: datetime) -> dict[int | None, date]:
    days: dict[int | None, date] = {
        None: local_date(now, ZoneInfo(load_settings(Settings).timezone))
    }
    for platform_id in platform_ids:
        days[platform_id] = local_date(now, ZoneInfo(platform_timezone(db, platform_id)))
    return days
