"""Which version of somebody's entitlements is in force."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.kit.models import Base

WHOLE_PLATFORM = 0


class EntitlementEpoch(Base):
    """Rises with every change of what a merchant may do; merchant 0 is the whole platform (D18).

    The sum of both rows names the version that a decision was made with. `changed_at` is system
    time: other processes ask what changed lately.
    """

    __tablename__ = "entitlement_epochs"

    merchant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(index=True)
