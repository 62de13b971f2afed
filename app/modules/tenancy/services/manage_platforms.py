"""Platforms: created and changed by super admins alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.contracts.hooks import platform_created_hooks
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.http.etags import check_version
from app.modules.core.public import AuditTarget
from app.modules.tenancy.exceptions import PlatformCodeTaken
from app.modules.tenancy.models import Platform
from app.modules.tenancy.repositories.admin_platforms import PlatformListed, get_platform
from app.modules.tenancy.services.create_store import checked_name, checked_slug
from app.modules.tenancy.services.operator import Operator, apply_changes
from app.modules.tenancy.services.regional import checked_currency, checked_timezone


@dataclass(frozen=True)
class PlatformDraft:
    """A platform to be; its code and currency never change (D0)."""

    code: str
    name: str
    timezone: str
    currency: str


def create_platform(
    work: UnitOfWork, operator: Operator, *, draft: PlatformDraft
) -> PlatformListed:
    """Add a platform and tell whoever gives it its first tiers, in the same transaction (D7).

    Raises InvalidInput, PlatformCodeTaken.
    """
    platform = Platform(
        code=checked_slug(draft.code, pointer="/code"),
        name=checked_name(draft.name),
        timezone=checked_timezone(draft.timezone),
        currency=checked_currency(draft.currency),
        created_at=business_now(),
    )
    with work.conflicts({"platforms.code": PlatformCodeTaken}):
        work.session.add(platform)
    for hook in platform_created_hooks():
        hook.platform_created(work, platform.id, platform.currency)
    after = {
        "code": platform.code,
        "name": platform.name,
        "timezone": platform.timezone,
        "currency": platform.currency,
    }
    operator.record(work, "platform.created", target=_target(platform), after=after)
    return PlatformListed(platform, stores=0)


def update_platform(
    work: UnitOfWork,
    operator: Operator,
    platform_id: int,
    *,
    changes: dict[str, Any],
    expected: int | None,
) -> PlatformListed:
    """Change name, time zone or activity.

    Raises PlatformNotFound, PreconditionFailed, InvalidInput.
    """
    found = get_platform(work.session, operator.scope, platform_id)
    check_version(found.platform.version, expected)
    before, after = apply_changes(found.platform, _checked(changes))
    if after:
        work.session.flush()
        operator.record(
            work, "platform.updated", target=_target(found.platform), before=before, after=after
        )
    return found


def _checked(changes: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, Callable[[str], str]] = {"name": checked_name, "timezone": checked_timezone}
    return {
        name: checks[name](value) if name in checks else value for name, value in changes.items()
    }


def _target(platform: Platform) -> AuditTarget:
    return AuditTarget("platform", platform.id, platform_id=platform.id)
