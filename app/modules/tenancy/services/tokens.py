"""Tokens for programs: made by people for themselves, by admins for a platform's services (D2)."""

from dataclasses import dataclass
from datetime import timedelta

from app.contracts.permissions import permissions
from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.errors import Forbidden, InvalidInput
from app.kit.pagination import Page, PageRequest
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.exceptions import PlatformNotFound, ScopeNotAllowed, TokenNotFound
from app.modules.tenancy.models import ApiToken, Platform
from app.modules.tenancy.permissions import MANAGE_MERCHANTS, VIEW_ADMIN
from app.modules.tenancy.repositories import api_tokens
from app.modules.tenancy.services.account import own_permissions
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.secrets import hash_secret, new_secret
from app.modules.tenancy.services.service_visits import forget_services

PREFIX = "tl_"
HINT_LENGTH = 8
SCOPES = (
    "read",
    "billing:write",
    "catalog:write",
    "orders:write",
    "orders:inbound",
    "media:write",
    "team:write",
    "admin:read",
    "admin:write",
)
PLATFORM_SCOPES = ("read", "orders:inbound")


@dataclass(frozen=True)
class TokenDraft:
    """A token to be made; without `expires_in_days` it lives until it is revoked."""

    name: str
    scopes: tuple[str, ...]
    expires_in_days: int | None = None


def grantable_scopes(identity: Identity) -> tuple[str, ...]:
    """Return the scopes that a person may give a token: those that open something to them."""
    known = permissions()
    held = {known[code].scope for code in own_permissions(identity)}
    return tuple(scope for scope in SCOPES if scope in held)


def create_token(
    work: UnitOfWork,
    identity: Identity,
    *,
    draft: TokenDraft,
    platform_id: int | None = None,
    request_id: str | None = None,
) -> tuple[ApiToken, str]:
    """Add a token for oneself, or as an admin with `platform_id` for that platform's services.

    Returns it with its secret, which is shown once and kept as a hash. Raises InvalidInput,
    ScopeNotAllowed, PlatformNotFound, Forbidden.
    """
    check_scopes(draft, _allowed(work, identity, platform_id))
    token, secret = add_token(
        work,
        draft,
        user_id=None if platform_id is not None else identity.user_id,
        platform_id=platform_id,
        created_by=identity.user_id,
    )
    record_audit(
        work,
        identity.actor,
        action="token.created",
        target=AuditTarget("api_token", token.id, platform_id=platform_id),
        after={"name": token.name, "scopes": list(token.scopes)},
        request_id=request_id,
    )
    return token, secret


def add_token(
    work: UnitOfWork,
    draft: TokenDraft,
    *,
    user_id: int | None,
    platform_id: int | None = None,
    created_by: int | None,
) -> tuple[ApiToken, str]:
    """Add a token whose scopes were looked at before; it acts for a user or for a platform."""
    secret, now = new_secret(PREFIX), system_now()
    token = ApiToken(
        token_hash=hash_secret(secret),
        name=draft.name,
        hint=secret[:HINT_LENGTH],
        user_id=user_id,
        platform_id=platform_id,
        created_by_user_id=created_by,
        scopes=sorted(set(draft.scopes), key=SCOPES.index),
        created_at=now,
        expires_at=now + timedelta(days=draft.expires_in_days) if draft.expires_in_days else None,
    )
    work.session.add(token)
    work.session.flush()
    return token, secret


def check_scopes(draft: TokenDraft, allowed: tuple[str, ...]) -> None:
    """Refuse a token without scopes or with one too many. Raises InvalidInput, ScopeNotAllowed."""
    if not draft.scopes:
        raise InvalidInput.at("/scopes", "scopes_missing")
    for index, scope in enumerate(draft.scopes):
        if scope not in SCOPES:
            raise InvalidInput.at(f"/scopes/{index}", "scope_unknown", known=", ".join(SCOPES))
    beyond = [scope for scope in draft.scopes if scope not in allowed]
    if beyond:
        raise ScopeNotAllowed(scopes=", ".join(beyond))


def list_tokens(
    work: UnitOfWork, identity: Identity, *, platform_id: int | None, request: PageRequest
) -> Page[ApiToken]:
    """Return a page of one's own tokens, or of a platform's. Raises PlatformNotFound, Forbidden."""
    if platform_id is not None:
        _check_platform(work, identity, platform_id, permission=VIEW_ADMIN)
        return api_tokens.list_of_platform(work.session, platform_id, request=request)
    return api_tokens.list_of_user(work.session, _person(identity), request=request)


def revoke_token(
    work: UnitOfWork, identity: Identity, *, token_id: int, request_id: str | None = None
) -> None:
    """Make a token useless at once. Raises TokenNotFound for one that is not the asker's."""
    token = api_tokens.find_valid(work.session, token_id)
    if token is None or not _is_own(identity, token):
        raise TokenNotFound
    token.revoked_at = system_now()
    work.after_commit(forget_services)
    record_audit(
        work,
        identity.actor,
        action="token.revoked",
        target=AuditTarget("api_token", token.id, platform_id=token.platform_id),
        before={"name": token.name},
        request_id=request_id,
    )


def _is_own(identity: Identity, token: ApiToken) -> bool:
    if token.platform_id is not None:
        return identity.may_on_platform(MANAGE_MERCHANTS, token.platform_id)
    return token.user_id == identity.user_id


def _allowed(work: UnitOfWork, identity: Identity, platform_id: int | None) -> tuple[str, ...]:
    if platform_id is None:
        return grantable_scopes(identity)
    _check_platform(work, identity, platform_id, permission=MANAGE_MERCHANTS)
    return PLATFORM_SCOPES


def _check_platform(
    work: UnitOfWork, identity: Identity, platform_id: int, *, permission: str
) -> None:
    if not identity.may(permission):
        raise Forbidden
    known = work.session.get(Platform, platform_id)
    if known is None or not identity.may_on_platform(permission, platform_id):
        raise PlatformNotFound


def _person(identity: Identity) -> int:
    if identity.user_id is None:
        raise Forbidden
    return identity.user_id
