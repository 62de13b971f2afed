"""How a platform sells: what a merchant begins with, and what is left after the end (D3, D11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.contracts.tenants import AdminScope, PlatformRef
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.http.etags import check_version
from app.modules.billing.models import PlatformBilling
from app.modules.billing.repositories import entitlement_rows, tiers
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.entitlement_changes import entitlements_changed
from app.modules.billing.services.find_tier import refuse_unwritable
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.public import get_platform_ref

_TIERS = {"default_tier_code": "default_tier_id", "free_tier_code": "free_tier_id"}


@dataclass(frozen=True)
class SalesRules:
    """A platform's rules; tiers by their codes, None where there is none.

    `default_tier_code` is tried out by new merchants, `free_tier_code` stands in for a plan that
    has ended, `inbound_after_expiry` says what becomes of shops' orders then (accept or refuse),
    `luxembourgish_as` in which language Stripe speaks to readers of Luxembourgish.
    """

    platform: PlatformRef
    default_tier_code: str | None
    free_tier_code: str | None
    inbound_after_expiry: str
    luxembourgish_as: str
    version: int


def get_sales_rules(work: UnitOfWork, scope: AdminScope, platform_id: int) -> SalesRules:
    """Return the rules of a platform in scope. Raises PlatformNotFound."""
    platform = get_platform_ref(work, scope, platform_id)
    return _rules_of(work, platform, _settings(work, platform_id))


def update_sales_rules(
    work: UnitOfWork,
    operator: Operator,
    platform_id: int,
    *,
    changes: Mapping[str, Any],
    expected: int | None,
) -> SalesRules:
    """Change the given rules; they hold at once, for everyone on the platform.

    Raises PlatformNotFound, Forbidden, PreconditionFailed, InvalidInput.
    """
    before = get_sales_rules(work, operator.scope, platform_id)
    refuse_unwritable(operator, platform_id)
    check_version(before.version, expected)
    settings = _settings(work, platform_id)
    for name, value in changes.items():
        setattr(settings, *_column(work, settings, name, value))
    work.session.flush()
    after = _rules_of(work, before.platform, settings)
    changed = [name for name in changes if getattr(before, name) != getattr(after, name)]
    if changed:
        record_audit(
            work,
            operator.actor.name,
            action="sales_rules.updated",
            target=AuditTarget("platform", platform_id, platform_id=platform_id),
            before={name: getattr(before, name) for name in changed},
            after={name: getattr(after, name) for name in changed},
            request_id=operator.actor.request_id,
        )
        entitlements_changed(work, platform_id)
    return after


def _settings(work: UnitOfWork, platform_id: int) -> PlatformBilling:
    """Return a platform's row, which it has since it was created."""
    found = entitlement_rows.find_settings(work.session, platform_id)
    if found is None:
        raise LookupError(f"platform {platform_id} has no settings of billing")
    return found


def _column(
    work: UnitOfWork, settings: PlatformBilling, name: str, value: str | None
) -> tuple[str, str | int | None]:
    """Return the column that a rule is kept in with its value. Raises InvalidInput.

    A tier must be on sale, unless it is the one that was chosen before.
    """
    if name not in _TIERS:
        return name, value
    column = _TIERS[name]
    if value is None:
        return column, None
    tier = tiers.find_on_platform(work.session, settings.platform_id, value)
    if tier is None or not (tier.is_active or tier.id == getattr(settings, column)):
        raise InvalidInput.at(f"/{name}", "tier_not_on_sale")
    return column, tier.id


def _rules_of(work: UnitOfWork, platform: PlatformRef, settings: PlatformBilling) -> SalesRules:
    chosen = [one for one in (settings.default_tier_id, settings.free_tier_id) if one is not None]
    codes: dict[int | None, str] = {
        id_: tier.code for id_, tier in tiers.by_id(work.session, chosen).items()
    }
    return SalesRules(
        platform,
        default_tier_code=codes.get(settings.default_tier_id),
        free_tier_code=codes.get(settings.free_tier_id),
        inbound_after_expiry=settings.inbound_after_expiry,
        luxembourgish_as=settings.luxembourgish_as,
        version=settings.version,
    )
