"""The two faces of features: what a merchant has, and what operators make of it."""

from collections.abc import Sequence

from app.contracts.features import FeatureAnswer, FeatureDeclaration, Reason
from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import (
    MerchantFeatureOverride,
    MerchantSubscription,
    SubscriptionTier,
)
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.decision_table import DecisionTable
from app.modules.billing.services.feature_summary import FeatureSummary, summarize
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.impact import Impact, impact_of
from app.modules.billing.services.overrides import OverrideWish, overrides_of, write_overrides
from app.modules.billing.services.tables import tables
from app.modules.billing.services.tier_limits import Keep, LimitEntry, limits_of, write_limits

__all__ = ["FeatureAggregatorService", "FeatureService", "FeatureSummary"]


class FeatureAggregatorService:
    """Limits of tier, overrides and add-ons beside the usage that the modules report.

    It answers from the decision tables (D18), so it opens a unit of work of its own where they
    have to be read anew, and must not be called inside another one.
    """

    def get_summaries(self, owner: Owner) -> list[FeatureSummary]:
        """Return every feature in order of declaration (D12).

        One whose provider fails is left out; its limit check fails closed (D5).
        """
        return summaries_of(tables().table(owner, with_usage=True))


class FeatureService:
    """Answers about features, and writing tier limits and overrides."""

    def get_answer(self, owner: Owner, code: str) -> FeatureAnswer:
        """Return the advisory answer for one more unit. Raises FeatureNotFound."""
        registry().get(code)
        return tables().table(owner, with_usage=True).answers[code]

    def get_catalog(self) -> dict[str, list[FeatureDeclaration]]:
        """Return the declared features by category, both in order of declaration."""
        catalog: dict[str, list[FeatureDeclaration]] = {}
        for one in registry().declarations.values():
            catalog.setdefault(one.category, []).append(one)
        return catalog

    def get_tier_limits(self, work: UnitOfWork, tier: SubscriptionTier) -> list[LimitEntry]:
        """Return the features of a tier."""
        return limits_of(work, tier)

    def set_tier_limits(
        self,
        work: UnitOfWork,
        tier: SubscriptionTier,
        *,
        entries: Sequence[LimitEntry],
        keep: Keep,
        actor: Actor,
        expected: int | None = None,
    ) -> list[LimitEntry]:
        """Write the listed features of a tier; see `write_limits`."""
        return write_limits(work, tier, entries=entries, keep=keep, actor=actor, expected=expected)

    def get_impact(
        self, work: UnitOfWork, tier: SubscriptionTier, wishes: Sequence[LimitEntry]
    ) -> Impact:
        """Return whom lower limits would put over them; see `impact_of`."""
        return impact_of(work, tier, wishes)

    def get_overrides(self, work: UnitOfWork, owner: Owner) -> Sequence[MerchantFeatureOverride]:
        """Return a merchant's exceptions."""
        return overrides_of(work, owner)

    def set_overrides(
        self,
        work: UnitOfWork,
        subscription: MerchantSubscription,
        *,
        wishes: Sequence[OverrideWish],
        actor: Actor,
        expected: int | None = None,
    ) -> Sequence[MerchantFeatureOverride]:
        """Write the listed exceptions; see `write_overrides`."""
        return write_overrides(work, subscription, wishes=wishes, actor=actor, expected=expected)


def summaries_of(table: DecisionTable) -> list[FeatureSummary]:
    """Return the summaries of a decision table."""
    limits = table.loaded.entitlements.limits
    return [
        summarize(
            registry().get(code), limits[code], current=answer.current, enabled=answer.enabled
        )
        for code, answer in table.answers.items()
        if answer.reason is not Reason.USAGE_UNAVAILABLE
    ]
