"""What whoever runs the machine may do about people: first admins, and tokens (D2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.errors import InvalidInput
from app.kit.i18n import DEFAULT_LOCALE
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.exceptions import EmailTaken, PlatformNotFound, UserNotFound
from app.modules.tenancy.models import (
    ApiToken,
    LinkPurpose,
    Platform,
    PlatformAdmin,
    User,
    UserType,
)
from app.modules.tenancy.repositories import accounts
from app.modules.tenancy.services.authenticate import identity_of
from app.modules.tenancy.services.emails import checked_email, normal_email
from app.modules.tenancy.services.manage_users import grantable_permissions
from app.modules.tenancy.services.one_time_links import FIRST_PASSWORD_LIFE, new_link
from app.modules.tenancy.services.tokens import (
    PLATFORM_SCOPES,
    TokenDraft,
    add_token,
    check_scopes,
    grantable_scopes,
)

ACTOR = "command"


@dataclass(frozen=True)
class CommandedAdmin:
    """An admin to be: without platforms a super admin; without a hash a link is made."""

    email: str
    platform_codes: Sequence[str] = ()
    grants: Sequence[str] = ()
    password_hash: str | None = None


def add_admin(work: UnitOfWork, admin: CommandedAdmin) -> tuple[User, str | None]:
    """Add an admin; returns the secret of a link to the first password where none was given.

    Raises InvalidInput, EmailTaken, PlatformNotFound.
    """
    if admin.grants and not admin.platform_codes:
        raise InvalidInput.at("/grant", "platform_needed")
    if not set(admin.grants) <= {one.code for one in grantable_permissions()}:
        raise InvalidInput.at("/grant", "grant_unknown")
    platforms = [_platform(work, code) for code in dict.fromkeys(admin.platform_codes)]
    user = User(
        email=checked_email(admin.email),
        password_hash=admin.password_hash,
        user_type=UserType.PLATFORM_ADMIN if platforms else UserType.SUPER_ADMIN,
        locale=DEFAULT_LOCALE,
        created_at=business_now(),
    )
    with work.conflicts({"users.email": EmailTaken}):
        work.session.add(user)
    for platform in platforms:
        granted = sorted(set(admin.grants))
        row = PlatformAdmin(user_id=user.id, platform_id=platform.id, granted=granted)
        work.session.add(row)
    target = AuditTarget("user", user.id)
    after = {"user_type": user.user_type, "platforms": [one.code for one in platforms]}
    record_audit(work, ACTOR, action="user.created", target=target, after=after)
    if admin.password_hash is not None:
        return user, None
    purpose = LinkPurpose.RESET_PASSWORD
    return user, new_link(work, user.id, purpose=purpose, life=FIRST_PASSWORD_LIFE)


def add_user_token(work: UnitOfWork, email: str, *, draft: TokenDraft) -> tuple[ApiToken, str]:
    """Add a token that acts for a person. Raises UserNotFound, InvalidInput, ScopeNotAllowed."""
    user = accounts.find_by_email(work.session, normal_email(email))
    if user is None or not user.is_active:
        raise UserNotFound
    check_scopes(draft, grantable_scopes(identity_of(work.session, user)))
    return _recorded(work, *add_token(work, draft, user_id=user.id, created_by=user.id))


def add_platform_token(work: UnitOfWork, code: str, *, draft: TokenDraft) -> tuple[ApiToken, str]:
    """Add a token for a platform's services. Raises PlatformNotFound, InvalidInput,
    ScopeNotAllowed."""
    platform = _platform(work, code)
    check_scopes(draft, PLATFORM_SCOPES)
    made = add_token(work, draft, user_id=None, platform_id=platform.id, created_by=None)
    return _recorded(work, *made)


def _platform(work: UnitOfWork, code: str) -> Platform:
    found = work.session.scalars(select(Platform).where(Platform.code == code)).first()
    if found is None:
        raise PlatformNotFound
    return found


def _recorded(work: UnitOfWork, token: ApiToken, secret: str) -> tuple[ApiToken, str]:
    record_audit(
        work,
        ACTOR,
        action="token.created",
        target=AuditTarget("api_token", token.id, platform_id=token.platform_id),
        after={"name": token.name, "scopes": list(token.scopes)},
    )
    return token, secret
