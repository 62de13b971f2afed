"""Signing in and out of a browser (sessions in the database, D2)."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.tenancy.exceptions import SessionNotFound, WrongCredentials
from app.modules.tenancy.models import User, UserSession
from app.modules.tenancy.services.emails import normal_email
from app.modules.tenancy.services.passwords import hash_password, needs_rehash, password_fits
from app.modules.tenancy.services.secrets import hash_secret, new_secret
from app.modules.tenancy.services.sign_in_limits import (
    guessing_keys,
    record_failure,
    refuse_guessing,
)

SESSION_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class Browser:
    """Where a sign-in comes from."""

    address: str
    user_agent: str


def sign_in(email: str, password: str, *, browser: Browser) -> str:
    """Return the secret of a new session.

    Raises TooManySignIns after ten failures a minute from one address or for one account, and
    WrongCredentials, which does not say whether the account exists.
    """
    account = normal_email(email)
    keys = guessing_keys(address=browser.address, account=account)
    refuse_guessing(*keys)
    with unit_of_work(read_only=True) as work:
        user = work.session.scalars(select(User).where(User.email == account)).first()
    stored = user.password_hash if user is not None and user.is_active else None
    if user is None or not password_fits(password, stored):
        record_failure(*keys)
        raise WrongCredentials
    renewed = hash_password(password) if stored and needs_rehash(stored) else None
    with unit_of_work() as work:
        if renewed is not None:
            work.session.get_one(User, user.id).password_hash = renewed
        return begin_session(work, user.id, browser=browser)


def begin_session(work: UnitOfWork, user_id: int, *, browser: Browser) -> str:
    """Add a session for a user whose right to it was proven; returns its secret."""
    secret, now = new_secret(), system_now()
    work.session.add(
        UserSession(
            token_hash=hash_secret(secret),
            user_id=user_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_LIFE,
            address=browser.address,
            user_agent=browser.user_agent[:200],
        )
    )
    return secret


def end_session(work: UnitOfWork, secret: str) -> None:
    """End one session; unknown ones are ended already."""
    work.session.execute(delete(UserSession).where(UserSession.token_hash == hash_secret(secret)))


def end_sessions_of(work: UnitOfWork, user_id: int, *, keep_secret: str | None = None) -> None:
    """End all sessions of a user, but the one whose secret is given (after a password change)."""
    sessions = delete(UserSession).where(UserSession.user_id == user_id)
    if keep_secret is not None:
        sessions = sessions.where(UserSession.token_hash != hash_secret(keep_secret))
    work.session.execute(sessions)


def end_own_session(work: UnitOfWork, user_id: int, *, session_id: int) -> None:
    """End one of a user's sessions, wherever it is. Raises SessionNotFound."""
    ended = work.session.execute(
        delete(UserSession)
        .where(UserSession.user_id == user_id, UserSession.id == session_id)
        .returning(UserSession.id)
    )
    if ended.first() is None:
        raise SessionNotFound
