"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.declaring import FeaturesOf
from app.contracts.features import FeatureDeclaration, UsageRow, Window

_own = FeaturesOf("monitoring")

FEATURES = (
    _own.switch("basic_analytics", "analytics"),
    _own.switch("analytics_dashboard", "analytics"),
    _own.switch("advanced_analytics", "analytics"),
    _own.switch("revenue_forecast", "analytics"),
)


class MonitoringFeatures:
    """Implements `FeatureProviderProtocol`; analytics are open or closed, never used up."""

    def declare(self) -> Sequence[FeatureDeclaration]:
        """Return the features in the order in which pages show them."""
        return FEATURES

    def get_current_usage(
        self, db: Session, merchant_id: int, platform_id: int, windows: Mapping[str, Window]
    ) -> dict[str, int]:
        """Return nothing: nothing here is counted."""
        return {}

    def count_true_usage(
        self,
        db: Session,
        platform_id: int,
        merchant_ids: Sequence[int] | None,
        windows: Mapping[int, Window],
    ) -> Iterable[UsageRow]:
        """Return nothing: nothing here is counted."""
        return ()
