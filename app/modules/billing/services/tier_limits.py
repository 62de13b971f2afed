"""What a tier holds, and changing it without surprising those who have it (D8, D26)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from app.contracts.features import FeatureType
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.http.etags import check_version
from app.modules.billing.exceptions import UnknownFeatureCode
from app.modules.billing.models import SubscriptionTier, TierFeatureLimit
from app.modules.billing.repositories import tiers
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.features_registry import registry
from app.modules.billing.services.grandfather import keep_limits
from app.modules.core.public import AuditTarget, record_audit

MAX_LIMIT = 2**63 - 1  # what databases hold


class Keep(StrEnum):
    """For whom a lowered limit stays as it was (D26)."""

    NOBODY = "nobody"
    OVER = "over"
    ALL = "all"


@dataclass(frozen=True)
class LimitEntry:
    """One feature of a tier; `limit_value` None is unlimited, 0 none (D8)."""

    feature_code: str
    limit_value: int | None
    enabled: bool


def limits_of(work: UnitOfWork, tier: SubscriptionTier) -> list[LimitEntry]:
    """Return the features of a tier that enabled modules declare, in order of declaration."""
    rows = {row.feature_code: row for row in tiers.limits_of(work.session, [tier.id])}
    return [
        LimitEntry(code, rows[code].limit_value, rows[code].enabled)
        for code in registry().declarations
        if code in rows
    ]


def write_limits(
    work: UnitOfWork,
    tier: SubscriptionTier,
    *,
    entries: Sequence[LimitEntry],
    keep: Keep,
    actor: Actor,
    expected: int | None = None,
) -> list[LimitEntry]:
    """Write the listed features of a tier and leave the others; returns the whole new list.

    With `keep`, whoever would lose by it gets an override with what they had, in the same
    transaction. The tier gets a new version. Raises PreconditionFailed, UnknownFeatureCode,
    InvalidInput; nothing is written then.
    """
    check_version(tier.version, expected)
    check_entries(entries)
    flag_modified(tier, "code")
    rows = {row.feature_code: row for row in tiers.limits_of(work.session, [tier.id])}
    before = {code: _said(rows.get(code)) for code in (one.feature_code for one in entries)}
    if keep is not Keep.NOBODY:
        for entry in entries:
            keep_limits(
                work,
                tier,
                before=rows.get(entry.feature_code),
                after=entry.limit_value if entry.enabled else 0,
                only_over=keep is Keep.OVER,
                actor=actor,
            )
    for entry in entries:
        _write(work, tier, rows, entry)
    work.session.flush()
    record_audit(
        work,
        actor.name,
        action="tier.limits",
        target=AuditTarget("tier", tier.id, platform_id=tier.platform_id),
        before=before,
        after={one.feature_code: _text(one.limit_value, one.enabled) for one in entries},
        request_id=actor.request_id,
    )
    entitlements_changed(work, tier.platform_id)
    return limits_of(work, tier)


def check_entries(entries: Sequence[LimitEntry]) -> None:
    """Refuse unknown, doubled and senseless entries. Raises UnknownFeatureCode, InvalidInput."""
    for entry in entries:
        if entry.feature_code not in registry().declarations:
            raise UnknownFeatureCode(feature_code=entry.feature_code)
    doubled = [code for code, n in Counter(one.feature_code for one in entries).items() if n > 1]
    wrong = [
        (f"/{place}/limit_value", *problem)
        for place, entry in enumerate(entries)
        if (problem := _wrong_value(entry)) is not None
    ]
    wrong += [
        (f"/{place}/feature_code", "feature_named_twice", {"feature_code": entry.feature_code})
        for place, entry in enumerate(entries)
        if entry.feature_code in doubled
    ]
    if wrong:
        raise InvalidInput(*wrong)


def _wrong_value(entry: LimitEntry) -> tuple[str, dict[str, Any]] | None:
    declaration = registry().declarations[entry.feature_code]
    if entry.limit_value is None:
        return None
    if declaration.feature_type is FeatureType.BINARY:
        return "limit_on_binary", {"feature_code": entry.feature_code}
    if entry.limit_value > MAX_LIMIT:
        return "out_of_range", {"minimum": 0, "maximum": MAX_LIMIT}
    return ("limit_negative", {}) if entry.limit_value < 0 else None


def _write(
    work: UnitOfWork,
    tier: SubscriptionTier,
    rows: Mapping[str, TierFeatureLimit],
    entry: LimitEntry,
) -> None:
    row = rows.get(entry.feature_code)
    if row is None:
        row = TierFeatureLimit(tier_id=tier.id, feature_code=entry.feature_code)
        work.session.add(row)
    row.limit_value, row.enabled = entry.limit_value, entry.enabled


def _said(row: TierFeatureLimit | None) -> str:
    return "absent" if row is None else _text(row.limit_value, row.enabled)


def _text(value: int | None, enabled: bool) -> str:
    if not enabled:
        return "off"
    return "unlimited" if value is None else str(value)
