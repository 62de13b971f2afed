"""What jobs leave behind in these tests: one row for each effect."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.models import Base, PrimaryKey


class Workshop(DeclarativeBase):
    """Tables of these tests alone, so that no check of the product's tables meets them."""

    type_annotation_map = Base.type_annotation_map


class Effect(Workshop):
    __tablename__ = "test_effects"

    id: Mapped[PrimaryKey]
    job: Mapped[str]
    slot: Mapped[datetime]
    part: Mapped[int]


def add_effect(work: UnitOfWork, job: str, slot: datetime, *, part: int = 0) -> None:
    work.session.add(Effect(job=job, slot=slot, part=part))
    work.session.flush()


def effects() -> list[tuple[str, datetime, int]]:
    """Everything that was done, in the order in which it was done."""
    with unit_of_work(read_only=True) as work:
        rows = work.session.execute(
            select(Effect.job, Effect.slot, Effect.part).order_by(Effect.id)
        )
        return [(row.job, row.slot, row.part) for row in rows]
