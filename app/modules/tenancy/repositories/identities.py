"""Reading who somebody is, in a fixed number of queries."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.modules.tenancy.models import (
    ApiToken,
    MemberRole,
    MemberStatus,
    Merchant,
    Platform,
    PlatformAdmin,
    Store,
    StoreUser,
    User,
    UserSession,
    UserType,
)


def find_session(session: Session, token_hash: str) -> tuple[UserSession, User] | None:
    """Return a browser session and its active user."""
    found = session.execute(
        select(UserSession, User)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.token_hash == token_hash, User.is_active)
    ).first()
    return None if found is None else (found[0], found[1])


def find_token(session: Session, token_hash: str) -> ApiToken | None:
    """Return a token that was not revoked."""
    return session.scalars(
        select(ApiToken).where(ApiToken.token_hash == token_hash, ApiToken.revoked_at.is_(None))
    ).first()


def find_active_user(session: Session, user_id: int) -> User | None:
    """Return a user who may sign in."""
    return session.scalars(select(User).where(User.id == user_id, User.is_active)).first()


def owned_merchant_ids(session: Session, user_id: int) -> frozenset[int]:
    """Return the active merchants that a user owns."""
    return frozenset(
        session.scalars(
            select(Merchant.id).where(Merchant.owner_user_id == user_id, Merchant.is_active)
        )
    )


def member_roles(session: Session, user_id: int) -> dict[int, MemberRole]:
    """Return a user's active memberships by store id; those of deleted stores count no more."""
    rows = session.execute(
        select(StoreUser.store_id, StoreUser.role)
        .join(Store, Store.id == StoreUser.store_id)
        .join(Merchant, Merchant.id == StoreUser.merchant_id)
        .where(
            StoreUser.user_id == user_id,
            StoreUser.status == MemberStatus.ACTIVE,
            Store.deleted_at.is_(None),
            Merchant.is_active,
        )
    )
    return {store_id: MemberRole(role) for store_id, role in rows}


def admin_grants(session: Session, user: User) -> dict[int, frozenset[str]]:
    """Return the active platforms of a platform admin with the permissions granted there."""
    if user.user_type != UserType.PLATFORM_ADMIN:
        return {}
    rows = session.execute(
        select(PlatformAdmin.platform_id, PlatformAdmin.granted)
        .join(Platform, Platform.id == PlatformAdmin.platform_id)
        .where(PlatformAdmin.user_id == user.id)
    )
    return {platform_id: frozenset(granted) for platform_id, granted in rows}


def touch_session(session: Session, session_id: int, *, at: datetime) -> None:
    """Remember that a session was used."""
    session.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=at))


def touch_token(session: Session, token_id: int, *, at: datetime) -> None:
    """Remember that a token was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=at))
