"""A place in a merchant's team."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base


class TeamSeat(Base):
    """One person who works for a merchant on a platform, in however many stores (D14).

    A unit of `max_team_members` is taken with the row and given back with it. Owners have none.
    """

    __tablename__ = "team_seats"

    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    platform_id: Mapped[int] = mapped_column(ForeignKey("platforms.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
