"""What subscriptions add up to, kept as sums that can be read in no time."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base, PrimaryKey


class Figure(StrEnum):
    """What a row counts: what there is now, or what happened on a day."""

    SUBSCRIPTION = "subscription"
    ADDON = "addon"
    BEGAN = "began"
    ENDED = "ended"
    TRIAL_ENDED = "trial_ended"
    TRIAL_CONVERTED = "trial_converted"


class SubscriptionTally(Base):
    """One difference: written in the transaction that makes it, summed up by a job later (D27).

    Nobody waits for anybody: rows are only added, and folding replaces rows by their sum. What
    there is of `figure` is the sum over all rows. `paying` counts those who pay; `arr_cents` is
    what counts for the annual revenue, in minor units. What happened has a `day` (UTC).
    """

    __tablename__ = "subscription_tallies"
    __table_args__ = (Index("ix_subscription_tallies_platform", "platform_id", "day"),)

    id: Mapped[PrimaryKey]
    platform_id: Mapped[int]
    figure: Mapped[str]
    tier_id: Mapped[int | None]
    status: Mapped[str | None]
    billing_source: Mapped[str | None]
    day: Mapped[date | None]
    amount: Mapped[int] = mapped_column(default=0)
    paying: Mapped[int] = mapped_column(default=0)
    arr_cents: Mapped[int] = mapped_column(default=0)
