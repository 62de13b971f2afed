"""Tiers as they are, and making them what a file says: all of it in one transaction (D25, D26)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.kit.errors import AppError
from app.modules.billing.exceptions import PlansWouldTakeAway
from app.modules.billing.models import SubscriptionTier
from app.modules.billing.repositories import tiers
from app.modules.billing.services.actor import Actor, Operator
from app.modules.billing.services.create_tier import TierDraft, create_tier
from app.modules.billing.services.delete_tier import delete_tier
from app.modules.billing.services.impact import impact_of
from app.modules.billing.services.plans_as_code.compare import TierDifference, compare
from app.modules.billing.services.plans_as_code.document import (
    PlanFile,
    TierPlan,
    columns,
    is_absent,
)
from app.modules.billing.services.tier_limits import Keep, limits_of, write_limits
from app.modules.billing.services.update_tier import update_tier

EVERYWHERE = AdminScope(None)


@dataclass(frozen=True)
class TierImpact:
    """How many merchants a tier's lowered limits would put over, and by which features (D26)."""

    tier: str
    over: int
    features: list[str]


def present_plans(work: UnitOfWork, platform_id: int, platform: str) -> PlanFile:
    """Return the tiers of a platform as a file says them, the lowest rank first."""
    rows = _rows(work, platform_id)
    return PlanFile(platform, {row.code: _plan(work, row) for row in rows})


def differences(work: UnitOfWork, platform_id: int, plans: PlanFile) -> list[TierDifference]:
    """Return what applying would change; nothing is written."""
    return compare(present_plans(work, platform_id, plans.platform).tiers, plans.tiers)


def impact(work: UnitOfWork, platform_id: int, found: Sequence[TierDifference]) -> list[TierImpact]:
    """Return which changes would put merchants over their limits."""
    rows = {row.code: row for row in _rows(work, platform_id)}
    told = []
    for one in found:
        if one.kind == "changed" and one.features:
            wishes = [after for _, after in one.features.values()]
            hit = impact_of(work, rows[one.code], wishes)
            told += [TierImpact(one.code, hit.over, hit.codes)] if hit.over else []
    return told


def apply_plans(
    work: UnitOfWork, platform_id: int, plans: PlanFile, *, actor: str, accept_impact: bool
) -> list[TierDifference]:
    """Make a platform's tiers what the file says; returns what changed.

    Raises PlansWouldTakeAway unless `accept_impact`, TierInUse and TierIsPlatformChoice, with the
    tier's code as their note.
    """
    operator = Operator(Actor(actor), EVERYWHERE, EVERYWHERE)
    found = differences(work, platform_id, plans)
    hit = impact(work, platform_id, found)
    if hit and not accept_impact:
        raise PlansWouldTakeAway(merchants=sum(one.over for one in hit))
    rows = {row.code: row for row in _rows(work, platform_id)}
    for one in found:
        try:
            _apply(work, operator, platform_id, one, rows.get(one.code))
        except AppError as refused:
            refused.add_note(one.code)
            raise
    return found


def _apply(
    work: UnitOfWork,
    operator: Operator,
    platform_id: int,
    one: TierDifference,
    row: SubscriptionTier | None,
) -> None:
    if one.after is None:
        assert row is not None
        delete_tier(work, operator, row, expected=None)
        return
    changes = columns({name: after for name, (_, after) in one.fields.items()})
    if row is None:
        draft = TierDraft(platform_id, one.code, changes)
        row = create_tier(work, operator, draft=draft)
    elif changes:
        update_tier(work, operator, row, changes=changes, expected=None)
    if one.features:
        entries = [after for _, after in one.features.values()]
        write_limits(work, row, entries=entries, keep=Keep.NOBODY, actor=operator.actor)


def _plan(work: UnitOfWork, row: SubscriptionTier) -> TierPlan:
    return TierPlan(
        code=row.code,
        rank=row.rank,
        name=row.name_i18n,
        description=row.description_i18n,
        price_monthly_cents=row.price_monthly_cents,
        price_annual_cents=row.price_annual_cents,
        display_order=row.display_order,
        active=row.is_active,
        public=row.is_public,
        features={one.feature_code: one for one in limits_of(work, row) if not is_absent(one)},
    )


def _rows(work: UnitOfWork, platform_id: int) -> list[SubscriptionTier]:
    rows = tiers.in_scope(work.session, frozenset({platform_id}))
    return sorted(rows, key=lambda row: (row.rank, row.code))
