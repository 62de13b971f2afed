"""How far local state was from Stripe's."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, Json, PrimaryKey


class StripeReconciliation(Base):
    """One walk over all subscriptions at Stripe (S16); `drift` lists what differed and by what.

    `stopped` tells that it would have lowered the access of too many and changed nothing more.
    """

    __tablename__ = "stripe_reconciliations"

    id: Mapped[PrimaryKey]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    checked: Mapped[int] = mapped_column(default=0)
    drifted: Mapped[int] = mapped_column(default=0)
    repaired: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    stopped: Mapped[bool] = mapped_column(default=False)
    drift: Mapped[list[Any]] = mapped_column(Json, default=list)
