"""Which account at Stripe this instance belongs to."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base


class StripeAccount(Base):
    """One row, pinned by `tierline stripe setup` (S3): the key of another account is refused."""

    __tablename__ = "stripe_account"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[str]
    livemode: Mapped[bool]
    portal_configuration_id: Mapped[str | None]
    webhook_endpoint_id: Mapped[str | None]
    set_up_at: Mapped[datetime]
