"""Snapshots and their forecasts; the scope first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, text, union_all
from sqlalchemy.orm import Session

from app.modules.billing.models import CapacityForecast, CapacitySnapshot, scope_name

AnyRow = Mapping[str, Any]


def put_snapshot(
    session: Session, day: date, platform_id: int | None, figures: Mapping[str, Any]
) -> CapacitySnapshot:
    """Write a day of a scope; again the same day replaces it (D33)."""
    scope = scope_name(platform_id)
    found = session.scalars(
        select(CapacitySnapshot).where(CapacitySnapshot.scope == scope, CapacitySnapshot.day == day)
    ).first()
    if found is None:
        found = CapacitySnapshot(day=day, scope=scope, platform_id=platform_id)
        session.add(found)
    for name, value in figures.items():
        setattr(found, name, value)
    return found


def snapshots(session: Session, scope: str, *, since: date) -> Sequence[CapacitySnapshot]:
    """Return the snapshots of a scope from a day on, in order."""
    return session.scalars(
        select(CapacitySnapshot)
        .where(CapacitySnapshot.scope == scope, CapacitySnapshot.day >= since)
        .order_by(CapacitySnapshot.day)
    ).all()


def newest(session: Session, scope: str) -> CapacitySnapshot | None:
    """Return the last snapshot of a scope."""
    return session.scalars(
        select(CapacitySnapshot)
        .where(CapacitySnapshot.scope == scope)
        .order_by(CapacitySnapshot.day.desc())
        .limit(1)
    ).first()


def forecasts(session: Session, scope: str) -> dict[str, CapacityForecast]:
    """Return the stored forecasts of a scope by metric."""
    rows = session.scalars(select(CapacityForecast).where(CapacityForecast.scope == scope))
    return {row.metric: row for row in rows}


def put_forecasts(
    session: Session, scope: str, day: date, made: Mapping[str, tuple[AnyRow, AnyRow | None]]
) -> None:
    """Replace the forecasts of a scope by steps and accuracy by metric; others go."""
    known = forecasts(session, scope)
    for metric, row in known.items():
        if metric not in made:
            session.delete(row)
    for metric, (steps, accuracy) in made.items():
        found = known.get(metric)
        if found is None:
            found = CapacityForecast(scope=scope, metric=metric)
            session.add(found)
        found.day, found.steps = day, dict(steps)
        found.accuracy = None if accuracy is None else dict(accuracy)


def database_bytes(session: Session) -> int:
    """Return how large the database is."""
    if session.get_bind().dialect.name == "postgresql":
        size = text("SELECT pg_database_size(current_database())")
    else:
        size = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
    return int(session.execute(size).scalar_one())


def count_active(session: Session, active: Sequence[Select[int, int]]) -> dict[int | None, int]:
    """Return how many merchants did something, by platform and (None) in all.

    `active` are queries of platform and merchant; who is in several counts once.
    """
    if not active:
        return {None: 0}
    rows = union_all(*active).subquery()
    platform, merchant = rows.c
    clients = func.count(merchant.distinct()).label("clients")
    by_platform = session.execute(select(platform.label("id"), clients).group_by(platform))
    return {None: session.scalars(select(clients)).one()} | {
        row.id: row.clients for row in by_platform
    }
