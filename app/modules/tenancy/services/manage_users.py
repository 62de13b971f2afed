"""Accounts in the hands of super admins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from app.contracts.permissions import Permission, Role, permissions
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.http.etags import check_version
from app.kit.i18n import LOCALES
from app.modules.core.public import AuditTarget
from app.modules.tenancy.exceptions import LastSuperAdmin, OwnerHasMerchants
from app.modules.tenancy.models import PlatformAdmin, User, UserType
from app.modules.tenancy.repositories import admin_users
from app.modules.tenancy.services.open_account import open_account
from app.modules.tenancy.services.operator import Operator, Values, apply_changes
from app.modules.tenancy.services.sessions import end_sessions_of


@dataclass(frozen=True)
class PlatformGrant:
    """A platform to look after, with permissions held there by grant alone."""

    platform_id: int
    granted: Sequence[str]


@dataclass(frozen=True)
class AdminDraft:
    """An admin to be."""

    email: str
    display_name: str
    user_type: UserType
    locale: str | None
    platforms: Sequence[PlatformGrant]


def create_admin(work: UnitOfWork, operator: Operator, *, draft: AdminDraft) -> User:
    """Add an admin's account and mail the way in. Raises InvalidInput, EmailTaken."""
    _check_platforms(work, draft.user_type, draft.platforms)
    user = open_account(
        work,
        draft.email,
        user_type=draft.user_type,
        display_name=draft.display_name,
        locale=draft.locale,
    )
    _set_platforms(work, user, draft.platforms)
    after = {"user_type": user.user_type, "platforms": _plain(draft.platforms)}
    operator.record(work, "user.created", target=_target(user), after=after)
    return user


def update_user(
    work: UnitOfWork,
    operator: Operator,
    user_id: int,
    *,
    changes: dict[str, Any],
    platforms: Sequence[PlatformGrant] | None,
    expected: int | None,
) -> User:
    """Change type, activity, name, language or the platforms of an admin.

    Raises UserNotFound, PreconditionFailed, InvalidInput, LastSuperAdmin, OwnerHasMerchants.
    """
    user = admin_users.get_user(work.session, user_id)
    check_version(user.version, expected)
    _check_changes(work, user, changes)
    before, after = apply_changes(user, changes)
    before, after = _change_platforms(work, user, platforms, before=before, after=after)
    if not after:
        return user
    flag_modified(user, "user_type")  # other platforms are another version of the account too
    work.session.flush()
    if after.get("is_active") is False:
        end_sessions_of(work, user.id)
    operator.record(work, "user.updated", target=_target(user), before=before, after=after)
    return user


def grantable_permissions() -> list[Permission]:
    """Return the permissions that an admin of platforms holds by grant alone, sorted."""
    grantable = [
        one for one in permissions().values() if one.by_grant and Role.PLATFORM_ADMIN in one.holders
    ]
    return sorted(grantable, key=lambda one: one.code)


def _check_changes(work: UnitOfWork, user: User, changes: Values) -> None:
    user_type = changes.get("user_type", user.user_type)
    is_active = changes.get("is_active", user.is_active)
    if changes.get("locale", user.locale) not in LOCALES:
        raise InvalidInput.at("/locale", "locale_unknown", known=", ".join(LOCALES))
    if user_type != user.user_type and admin_users.owns_merchants(work.session, user.id):
        raise OwnerHasMerchants
    was_super = user.user_type == UserType.SUPER_ADMIN and user.is_active
    leaves = was_super and not (user_type == UserType.SUPER_ADMIN and is_active)
    if leaves and admin_users.other_super_admins(work.session, user.id) == 0:
        raise LastSuperAdmin


def _change_platforms(
    work: UnitOfWork,
    user: User,
    platforms: Sequence[PlatformGrant] | None,
    *,
    before: Values,
    after: Values,
) -> tuple[Values, Values]:
    """Bring platforms in line with the type; adds them to what changed."""
    present = [
        PlatformGrant(grant.platform_id, grant.granted)
        for grant in admin_users.grants_of(work.session, [user.id]).get(user.id, [])
    ]
    is_admin = user.user_type == UserType.PLATFORM_ADMIN
    wanted = platforms if platforms is not None else present if is_admin else []
    _check_platforms(work, user.user_type, wanted)
    if _plain(wanted) == _plain(present):
        return before, after
    _set_platforms(work, user, wanted)
    return {**before, "platforms": _plain(present)}, {**after, "platforms": _plain(wanted)}


def _check_platforms(work: UnitOfWork, user_type: str, platforms: Sequence[PlatformGrant]) -> None:
    if user_type == UserType.PLATFORM_ADMIN and not platforms:
        raise InvalidInput.at("/platforms", "platform_needed")
    if user_type != UserType.PLATFORM_ADMIN and platforms:
        raise InvalidInput.at("/platforms", "platforms_not_for_type")
    wanted = [one.platform_id for one in platforms]
    known = admin_users.known_platform_ids(work.session, wanted)
    if len(set(wanted)) != len(wanted) or not known.issuperset(wanted):
        raise InvalidInput.at("/platforms", "platforms_unknown")
    grantable = {one.code for one in grantable_permissions()}
    for place, one in enumerate(platforms):
        if not set(one.granted) <= grantable:
            raise InvalidInput.at(f"/platforms/{place}/granted", "grant_unknown")


def _set_platforms(work: UnitOfWork, user: User, platforms: Sequence[PlatformGrant]) -> None:
    work.session.execute(delete(PlatformAdmin).where(PlatformAdmin.user_id == user.id))
    for one in platforms:
        work.session.add(
            PlatformAdmin(
                user_id=user.id, platform_id=one.platform_id, granted=sorted(set(one.granted))
            )
        )
    work.session.flush()


def _plain(platforms: Sequence[PlatformGrant]) -> list[Values]:
    return [
        {"platform_id": one.platform_id, "granted": sorted(set(one.granted))}
        for one in sorted(platforms, key=lambda one: one.platform_id)
    ]


def _target(user: User) -> AuditTarget:
    return AuditTarget("user", user.id)
