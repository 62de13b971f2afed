"""The row that says how far business time is ahead of system time (S21)."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import database
from app.kit.models import Base


class AppClock(Base):
    """One row: seconds by which business time is ahead, and how often it was moved."""

    __tablename__ = "app_clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    offset_s: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)


def stored_offset() -> timedelta:
    """Read the offset; none is written until somebody moves the clock.

    Whoever asks the time may be inside a unit of work.
    """
    seconds = database().read_apart(select(AppClock.offset_s).where(AppClock.id == 1))
    return timedelta(seconds=seconds or 0)
