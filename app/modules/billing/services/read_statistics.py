"""The figures of the platforms in scope, with their tiers (D27)."""

from collections import Counter
from dataclasses import dataclass

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.modules.billing.repositories import tiers
from app.modules.billing.services.figures.statistics import Totals, read_totals


@dataclass(frozen=True)
class Statistics:
    """What there is of subscriptions and of tiers.

    `tier_distribution` counts live subscriptions by the code of their tier, 0 included; platforms
    are put together.
    """

    totals: Totals
    tier_distribution: dict[str, int]
    tiers: int
    active_tiers: int
    public_tiers: int


def read_statistics(work: UnitOfWork, scope: AdminScope) -> Statistics:
    """Read figures and tiers; two statements, whatever the number of merchants."""
    totals = read_totals(work, scope)
    known = tiers.briefs_in_scope(work.session, scope.platform_ids)
    distribution: Counter[str] = Counter()
    for tier_id, code, _, _ in known:
        distribution[code] += totals.live_by_tier[tier_id]
    return Statistics(
        totals,
        dict(distribution),
        tiers=len(known),
        active_tiers=sum(is_active for _, _, is_active, _ in known),
        public_tiers=sum(is_active and is_public for _, _, is_active, is_public in known),
    )
