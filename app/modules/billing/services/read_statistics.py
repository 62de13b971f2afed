"""The figures of the platforms in scope, with their tiers (D27)."""

from dataclasses import dataclass

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.repositories import tiers
from app.modules.billing.services.figures.statistics import Totals, read_totals


@dataclass(frozen=True)
class Statistics:
    """What there is of subscriptions and of tiers."""

    totals: Totals
    tiers: list[SubscriptionTier]

    @property
    def tier_distribution(self) -> dict[str, int]:
        """Live subscriptions by the code of their tier, 0 included; platforms are put together."""
        found: dict[str, int] = {}
        for tier in self.tiers:
            live = self.totals.live_by_tier[tier.id]
            found[tier.code] = found.get(tier.code, 0) + live
        return found


def read_statistics(work: UnitOfWork, scope: AdminScope) -> Statistics:
    """Read figures and tiers; two statements, whatever the number of merchants."""
    totals = read_totals(work, scope)
    return Statistics(totals, list(tiers.in_scope(work.session, scope.platform_ids)))
