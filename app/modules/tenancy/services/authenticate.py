"""From a cookie or a bearer token to an identity."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.kit.clocks import system_now
from app.kit.db import unit_of_work
from app.kit.errors import NotSignedIn
from app.kit.http.authentication import Credentials
from app.modules.tenancy.models import ApiToken, User, UserSession, UserType
from app.modules.tenancy.repositories import identities
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.secrets import hash_secret
from app.modules.tenancy.services.view_as import through_their_eyes

IDLE_LIMIT = timedelta(days=7)
TOUCHED_EVERY = timedelta(minutes=5)


def authenticate(credentials: Credentials) -> Identity | None:
    """Return who asks; None for a session that ended. Raises NotSignedIn for a bad token.

    A wrong token is an error, since a program must learn of it; an ended session is nobody, since
    open pages stay open to nobody.
    """
    if credentials.bearer is not None:
        return _by_token(credentials.bearer)
    return _by_session(credentials.session_token or "")


def _by_session(secret: str) -> Identity | None:
    now = system_now()
    with unit_of_work(read_only=True) as work:
        found = identities.find_session(work.session, hash_secret(secret))
        if found is None or _has_ended(found[0], now):
            return None
        session, user = found
        identity = identity_of(work.session, user)
        if session.viewing_merchant_id is not None:
            identity = through_their_eyes(work.session, identity, session.viewing_merchant_id)
    if now - session.last_seen_at > TOUCHED_EVERY:
        _touch(lambda db: identities.touch_session(db, session.id, at=now))
    return identity


def _has_ended(session: UserSession, now: datetime) -> bool:
    return session.expires_at <= now or session.last_seen_at + IDLE_LIMIT <= now


def _by_token(secret: str) -> Identity:
    now = system_now()
    with unit_of_work(read_only=True) as work:
        token = identities.find_token(work.session, hash_secret(secret))
        if token is None or (token.expires_at is not None and token.expires_at <= now):
            raise NotSignedIn
        identity = _of_token(work.session, token)
    if token.last_used_at is None or now - token.last_used_at > TOUCHED_EVERY:
        _touch(lambda db: identities.touch_token(db, token.id, at=now))
    return identity


def _of_token(session: Session, token: ApiToken) -> Identity:
    scopes, actor = frozenset(map(str, token.scopes)), f"token:{token.id}"
    if token.user_id is None:
        return Identity(
            actor=actor,
            display_name=token.name,
            scopes=scopes,
            token_platform_id=token.platform_id,
        )
    user = identities.find_active_user(session, token.user_id)
    if user is None:
        raise NotSignedIn
    return identity_of(session, user, actor=actor, scopes=scopes)


def identity_of(
    session: Session, user: User, *, actor: str | None = None, scopes: frozenset[str] | None = None
) -> Identity:
    """Return everything that decides what a person, or with `scopes` a token, may do."""
    return Identity(
        actor=actor or f"user:{user.id}",
        user_id=user.id,
        user_type=UserType(user.user_type),
        display_name=user.display_name or user.email,
        email=user.email,
        email_verified=user.email_verified_at is not None,
        locale=user.locale,
        merchant_ids=identities.owned_merchant_ids(session, user.id),
        member_roles=identities.member_roles(session, user.id),
        admin_grants=identities.admin_grants(session, user),
        scopes=scopes,
    )


def _touch(write: Callable[[Session], None]) -> None:
    with unit_of_work() as work:
        write(work.session)
