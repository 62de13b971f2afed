"""Where business time is being moved to."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base


class ClockMove(Base):
    """One row: the move under way, or how the last one ended (S21). Free of tenants.

    `target` is business time, None while nothing moves. `claimed_until`, system time, leases the
    move to the process that works on it; `claim` fences what that one writes. `error` is the code
    of what ended the last move early.
    """

    __tablename__ = "clock_moves"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    target: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    claim: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
