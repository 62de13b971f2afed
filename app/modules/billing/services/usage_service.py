"""Usage as meters show it."""

from app.contracts.features import Reason
from app.contracts.tenants import Owner
from app.kit.i18n import translate
from app.modules.billing.services.decision_tables import DecisionTable
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
    limits, answers = table.loaded.entitlements.limits, table.answers
    return [
        meter(
            translate(one.usage_name_key or one.name_key),
            current=answers[one.code].current,
            limit=limits[one.code].value,
        )
        for one in registry().quantitative
        if answers[one.code].reason is not Reason.USAGE_UNAVAILABLE
        and has_meter(one, limits[one.code], answers[one.code].current)
    ]
