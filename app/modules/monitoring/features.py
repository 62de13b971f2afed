"""Features that this module owns (D6)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.contracts.features import FeatureDeclaration, FeatureType, UsageRow, Window

FEATURES = tuple(
    FeatureDeclaration(
        code=code,
        name_key=f"monitoring.features.{code}",
        description_key=f"monitoring.features.{code}.description",
        category="analytics",
        feature_type=FeatureType.BINARY,
    )
    for code in (
        "basic_analytics",
        "analytics_dashboard",
        "advanced_analytics",
        "revenue_forecast",
    )
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
