"""Single flight: which subscriptions at Stripe have to be fetched, and by whom."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base


class StripeSync(Base):
    """The lease of one subscription at Stripe, known here or not yet (S12). System time.

    `wanted` counts the requests for a fetch, `done` how many of them the last fetch answered:
    requests that arrive together cost one fetch. `claimed_until` fences whoever fetches;
    `available_at` keeps a failed fetch waiting.
    """

    __tablename__ = "stripe_syncs"
    __table_args__ = (Index("ix_stripe_syncs_available_at", "available_at"),)

    stripe_subscription_id: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    claim: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    available_at: Mapped[datetime]
    last_error: Mapped[str | None]
