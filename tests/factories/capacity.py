"""Snapshots of days gone by."""

from datetime import date, timedelta
from typing import Any

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.billing.repositories.capacity_rows import put_snapshot


def a_snapshot(day: date, platform_id: int | None = None, **figures: Any) -> None:
    """Write a day of a platform, or of all."""
    with unit_of_work() as work:
        put_snapshot(work.session, day, platform_id, {"taken_at": business_now(), **figures})


def a_growing_history(days: int, *, metric: str = "products", step: int = 10, **fixed: Any) -> None:
    """Write a snapshot a day up to today; the metric grows by `step` a day from 1000."""
    today = business_now().date()
    for n in range(days):
        day = today - timedelta(days=days - 1 - n)
        a_snapshot(day, **{metric: 1000 + n * step, **fixed})
