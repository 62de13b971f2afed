"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.contracts.declaring import DeclaredFeatures, FeaturesOf
from app.contracts.features import Reset, UsageRow, Window
from app.contracts.tenants import Owner
from app.modules.orders.repositories.usage import count_orders, orders_by_day
from app.modules.orders.services.order_draft import MAX_ORDERS_PER_MONTH, ORDER_EXPORT

_own = FeaturesOf("orders")

FEATURES = (
    _own.number(MAX_ORDERS_PER_MONTH, reset=Reset.BILLING_MONTH),
    _own.switch(ORDER_EXPORT, "orders"),
    _own.switch("invoice_pdf", "orders"),
    _own.switch("automation_rules", "orders"),
)


class OrderFeatures(DeclaredFeatures):
    """Orders are counted as they come (D16)."""

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Count orders created in each merchant's window, whatever became of them (D14)."""
        asked = windows.keys() if merchant_ids is None else windows.keys() & set(merchant_ids)
        spans = {merchant_id: windows[merchant_id] for merchant_id in sorted(asked)}
        for merchant_id, used in count_orders(db, platform_id, windows=spans):
            yield UsageRow(merchant_id, MAX_ORDERS_PER_MONTH, used)

    def usage_history(
        self, db: Session, merchant_id: int, platform_id: int, starts: Sequence[datetime]
    ) -> Mapping[str, Sequence[int]]:
        """Return orders as they came."""
        return {MAX_ORDERS_PER_MONTH: orders_by_day(db, Owner(merchant_id, platform_id), starts)}
