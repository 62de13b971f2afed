"""What was shipped to a platform once."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base


class ShippedItem(Base):
    """One shipped tier or add-on that a platform was given; a deleted one does not return (D7)."""

    __tablename__ = "shipped_items"

    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
