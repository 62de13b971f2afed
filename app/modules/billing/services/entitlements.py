"""Everything a merchant may do, as one immutable value; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.contracts.features import Access, FeatureAnswer, FeatureDeclaration, Reason
from app.modules.billing.services.access import AccessSpan
from app.modules.billing.services.kinds import has_counter, kind_of
from app.modules.billing.services.limits import Entry, Grant, Limit, effective_limit


@dataclass(frozen=True, slots=True)
class OverrideEntry:
    """An override with its end."""

    entry: Entry
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What was bought: the tier's entries, the operator's exceptions, running add-ons."""

    tier_code: str | None = None
    tier: Mapping[str, Entry] = field(default_factory=dict)
    overrides: Mapping[str, OverrideEntry] = field(default_factory=dict)
    grants: Mapping[str, Sequence[Grant]] = field(default_factory=dict)


@dataclass(frozen=True)
class Entitlements:
    """Limits and access of one merchant; what is equal is shared between merchants.

    `open_when_restricted` holds where a free tier stands in for the plan (D11).
    """

    access: Access
    limits: Mapping[str, Limit]
    open_when_restricted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether gates look at limits at all."""
        return self.access is not Access.RESTRICTED or self.open_when_restricted

    def decide(self, declaration: FeatureDeclaration, *, used: int = 0, wanted: int = 1) -> Reason:
        """Return OK, or why `wanted` more units are refused."""
        if not self.is_open:
            return Reason.SUBSCRIPTION_INACTIVE
        return kind_of(declaration).decide(self.limits[declaration.code], used, wanted)

    def answer(self, declaration: FeatureDeclaration, used: int | None) -> FeatureAnswer:
        """Return the advisory answer; `used` None means that the usage cannot be told (D5)."""
        limit = self.limits[declaration.code]
        if used is None:
            reason, current = Reason.USAGE_UNAVAILABLE, 0
        else:
            reason, current = self.decide(declaration, used=used), used
        counts = limit.value is not None and has_counter(declaration)
        return FeatureAnswer(
            code=declaration.code,
            allowed=reason is Reason.OK,
            reason=reason,
            enabled=limit.enabled and self.is_open,
            limit=limit.value,
            current=current,
            remaining=max(0, (limit.value or 0) - current) if counts else limit.value,
            scope=limit.scope,
        )


def entitle(
    declarations: Sequence[FeatureDeclaration],
    span: AccessSpan,
    *,
    plan: Plan,
    free_plan: Plan | None,
    now: datetime,
) -> tuple[Entitlements, datetime | None]:
    """Merge a plan into entitlements, with the instant from which they hold no longer.

    While access is restricted the free tier stands in, without overrides and grants (D11, D24).
    """
    restricted = span.access is Access.RESTRICTED
    effective = free_plan if restricted and free_plan is not None else plan
    limits = {one.code: _limit(one, effective, now) for one in declarations}
    ends = [span.until, *_ends(effective, now)]
    return (
        Entitlements(span.access, limits, restricted and free_plan is not None),
        min((end for end in ends if end is not None), default=None),
    )


def _limit(declaration: FeatureDeclaration, plan: Plan, now: datetime) -> Limit:
    code = declaration.code
    entry, override = plan.tier.get(code), plan.overrides.get(code)
    holds = override is not None and (override.expires_at is None or now < override.expires_at)
    grants = [
        grant for grant in plan.grants.get(code, ()) if grant.ends_at is None or now < grant.ends_at
    ]
    return effective_limit(
        declaration,
        tier=(plan.tier_code or "", entry) if entry is not None else None,
        override=override.entry if override is not None and holds else None,
        grants=grants,
    )


def _ends(plan: Plan, now: datetime) -> list[datetime]:
    """Instants to come at which an override or a grant ends."""
    ends = [one.expires_at for one in plan.overrides.values()]
    ends += [grant.ends_at for grants in plan.grants.values() for grant in grants]
    return [end for end in ends if end is not None and end > now]
