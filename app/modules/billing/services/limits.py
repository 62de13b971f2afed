"""The effective limit of a feature for a merchant (D8–D10); pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.contracts.features import FeatureDeclaration, FeatureType

TIER_SCOPE, OVERRIDE_SCOPE = "tier", "merchant_override"

GrantAmount = int | bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What a tier or an override says of a feature; None is unlimited, 0 is none (D8)."""

    value: int | None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Grant:
    """What a running add-on adds (D10): an amount, or True for a binary feature."""

    source: str
    amount: GrantAmount
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One ingredient of a decision, for whoever asks why (D41)."""

    source: str
    detail: str
    value: int | bool | None


@dataclass(frozen=True, slots=True)
class Limit:
    """What a merchant has of a feature: `value` None is unlimited; not `enabled` is not in plan."""

    value: int | None
    enabled: bool
    scope: str = TIER_SCOPE
    switched_off: bool = False
    parts: tuple[Part, ...] = field(default=(), compare=True)


def effective_limit(
    declaration: FeatureDeclaration,
    *,
    tier: tuple[str, Entry] | None,
    override: Entry | None,
    grants: Sequence[Grant],
) -> Limit:
    """Merge tier, override and grants: (override, else tier, else 0 with a grant) + grants (D10).

    `tier` is the tier's code with its entry. An override that switches off wins over grants.
    """
    parts = _parts(tier, override, grants)
    scope = TIER_SCOPE if override is None else OVERRIDE_SCOPE
    if override is not None and not override.enabled:
        return Limit(0, enabled=False, scope=scope, switched_off=True, parts=parts)
    base = override or (tier[1] if tier and tier[1].enabled else None)
    if base is None and not grants:
        return Limit(0, enabled=False, scope=scope, parts=parts)
    if declaration.feature_type is FeatureType.BINARY:
        return Limit(None, enabled=True, scope=scope, parts=parts)
    value = 0 if base is None else base.value
    if value is not None:
        value += sum(int(grant.amount) for grant in grants)
    return Limit(value, enabled=True, scope=scope, parts=parts)


def _parts(
    tier: tuple[str, Entry] | None, override: Entry | None, grants: Sequence[Grant]
) -> tuple[Part, ...]:
    parts = []
    if tier is not None:
        parts.append(Part("tier", tier[0], tier[1].value if tier[1].enabled else False))
    if override is not None:
        parts.append(Part("override", "", override.value if override.enabled else False))
    parts += [Part("add-on", grant.source, grant.amount) for grant in grants]
    return tuple(parts)
