"""What the module's work leaves behind."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class ClockworkMark(Base):
    """One effect: of a part of a slot, or of a note; `part` is the note's number."""

    __tablename__ = "clockwork_marks"

    id: Mapped[PrimaryKey]
    work: Mapped[str]
    slot: Mapped[datetime | None]
    part: Mapped[int] = mapped_column(default=0)
