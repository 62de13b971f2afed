"""What another tier would take away: features lost, limits exceeded (D21, D22)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.contracts.features import FeatureDeclaration, FeatureType
from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.limits import Limit
from app.modules.billing.services.load_entitlements import limits_with_tier, load_entitlements
from app.modules.billing.services.usage import Usage, read_usage


@dataclass(frozen=True)
class ExceededLimit:
    """A limit that the present usage would pass; nothing is deleted for it (D22)."""

    declaration: FeatureDeclaration
    current: int
    new_limit: int


@dataclass(frozen=True)
class ChangeEffects:
    """What a change of tier would take away."""

    exceeded: tuple[ExceededLimit, ...] = ()
    lost: tuple[FeatureDeclaration, ...] = ()


def effects_of(work: UnitOfWork, owner: Owner, tier_id: int) -> ChangeEffects:
    """Compare the merchant's usage and features with what a tier would leave it."""
    loaded = load_entitlements(work.session, owner)
    usage = read_usage(work.session, owner, loaded.windows)
    after = limits_with_tier(work.session, owner, tier_id)
    return compared(loaded.entitlements.limits, after, usage)


def compared(
    before: Mapping[str, Limit], after: Mapping[str, Limit], usage: Usage
) -> ChangeEffects:
    """Compare limits; pure. Usage that cannot be told exceeds nothing."""
    declarations = registry().declarations.values()
    return ChangeEffects(
        exceeded=tuple(
            ExceededLimit(one, current, value)
            for one in declarations
            if one.feature_type is FeatureType.QUANTITATIVE
            and (value := _value(after[one.code])) is not None
            and (current := usage.get(one.code) or 0) > value
        ),
        lost=tuple(
            one for one in declarations if before[one.code].enabled and not after[one.code].enabled
        ),
    )


def _value(limit: Limit) -> int | None:
    return limit.value if limit.enabled else 0
