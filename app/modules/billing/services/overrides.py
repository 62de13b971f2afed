"""Exceptions for single merchants (D9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from app.contracts.tenants import Owner
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.billing.models import MerchantFeatureOverride, MerchantSubscription
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.actor import Actor
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.find_owner import owner_of
from app.modules.billing.services.tier_limits import LimitEntry, check_entries
from app.modules.core.public import AuditTarget, record_audit


@dataclass(frozen=True)
class OverrideWish:
    """One exception to write; `reset` returns to the tier's default. None is unlimited (D8)."""

    feature_code: str
    limit_value: int | None = None
    is_enabled: bool = True
    reason: str = ""
    expires_at: datetime | None = None
    reset: bool = False


def overrides_of(work: UnitOfWork, owner: Owner) -> Sequence[MerchantFeatureOverride]:
    """Return a merchant's exceptions, expired ones too, by code."""
    return entitlement_rows.overrides_of(work.session, owner)


def write_overrides(
    work: UnitOfWork,
    subscription: MerchantSubscription,
    *,
    wishes: Sequence[OverrideWish],
    actor: Actor,
    expected: int | None = None,
) -> Sequence[MerchantFeatureOverride]:
    """Write the listed exceptions and leave the others; returns the whole new list.

    The subscription gets a new version. Raises PreconditionFailed, UnknownFeatureCode,
    InvalidInput; nothing is written then.
    """
    check_version(subscription.version, expected)
    owner = owner_of(subscription)
    check_entries([LimitEntry(one.feature_code, one.limit_value, True) for one in wishes])
    flag_modified(subscription, "tier_id")
    rows = {row.feature_code: row for row in overrides_of(work, owner)}
    before = {one.feature_code: _told(rows.get(one.feature_code)) for one in wishes}
    for wish in wishes:
        row = rows.get(wish.feature_code)
        if wish.reset:
            if row is not None:
                work.session.delete(row)
            continue
        _write(work, owner, row, wish, actor)
    work.session.flush()
    written = overrides_of(work, owner)
    after = {row.feature_code: _told(row) for row in written}
    record_audit(
        work,
        actor.name,
        action="merchant.overrides",
        target=AuditTarget(
            "merchant",
            owner.merchant_id,
            platform_id=owner.platform_id,
            merchant_id=owner.merchant_id,
        ),
        before=before,
        after={code: after.get(code) for code in before},
        request_id=actor.request_id,
    )
    entitlements_changed(work, owner.platform_id, owner.merchant_id)
    return written


def _write(
    work: UnitOfWork,
    owner: Owner,
    row: MerchantFeatureOverride | None,
    wish: OverrideWish,
    actor: Actor,
) -> None:
    if row is None:
        row = MerchantFeatureOverride(
            merchant_id=owner.merchant_id,
            platform_id=owner.platform_id,
            feature_code=wish.feature_code,
        )
        work.session.add(row)
    row.limit_value, row.is_enabled = wish.limit_value, wish.is_enabled
    row.reason, row.expires_at = wish.reason, wish.expires_at
    row.created_by, row.created_at = actor.name, business_now()


def _told(row: MerchantFeatureOverride | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {
        "limit_value": row.limit_value,
        "is_enabled": row.is_enabled,
        "reason": row.reason,
        "expires_at": row.expires_at and row.expires_at.isoformat(),
    }
