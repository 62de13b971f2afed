"""Usage as meters show it."""

from app.contracts.features import Reason
from app.contracts.tenants import Owner
from app.kit.i18n import translate
from app.modules.billing.services.decision_table import DecisionTable
from app.modules.billing.services.feature_summary import UsageMetric, has_meter, meter
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.tables import tables

__all__ = ["UsageMetric", "UsageService"]


class UsageService:
    """Meters of a merchant; from the decision tables, like `FeatureAggregatorService`."""

    def get_metrics(self, owner: Owner) -> list[UsageMetric]:
        """Return the meters in order of declaration, named in the reader's language (D13)."""
        return metrics_of(tables().table(owner, with_usage=True))


def metrics_of(table: DecisionTable) -> list[UsageMetric]:
    """Return the meters of a decision table; what cannot be told is left out (D5)."""
    limits = table.loaded.entitlements.limits
    return [
        meter(
            translate(one.usage_name_key or one.name_key),
            current=answer.current,
            limit=answer.limit,
        )
        for one in registry().quantitative
        if (answer := table.answer(one.code)) is not None
        and answer.reason is not Reason.USAGE_UNAVAILABLE
        and has_meter(one, limits[one.code], answer.current)
    ]
