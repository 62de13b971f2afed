"""What people change about their own account."""

from dataclasses import dataclass

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.errors import InvalidInput
from app.kit.http.etags import check_version
from app.modules.tenancy.exceptions import EmailTaken
from app.modules.tenancy.models import User
from app.modules.tenancy.repositories import accounts
from app.modules.tenancy.services.confirm_password import confirm_password
from app.modules.tenancy.services.emails import checked_email
from app.modules.tenancy.services.mails import mail_email_changed, mail_password_changed
from app.modules.tenancy.services.one_time_links import void_links
from app.modules.tenancy.services.passwords import hash_password
from app.modules.tenancy.services.sessions import end_sessions_of
from app.modules.tenancy.services.verify_email import send_verification


@dataclass(frozen=True)
class AccountChange:
    """New values; None leaves a field as it is. Address and password need `current_password`."""

    display_name: str | None = None
    locale: str | None = None
    email: str | None = None
    password: str | None = None
    current_password: str | None = None


def change_account(
    user_id: int,
    change: AccountChange,
    *,
    expected_version: int | None,
    address: str,
    keep_session: str | None,
) -> User:
    """Change an account and return it; a new password ends every session but `keep_session`.

    A new address counts as unproven until its link is followed; the former one is told.
    Raises InvalidInput, WrongPassword, TooManySignIns, PreconditionFailed, EmailTaken.
    """
    email = None if change.email is None else checked_email(change.email)
    if change.password is not None or _moves(user_id, email):
        if not change.current_password:
            raise InvalidInput.at("/current_password", "current_password_needed")
        confirm_password(user_id, change.current_password, address=address)
    hashed = None if change.password is None else hash_password(change.password)
    with unit_of_work() as work:
        user = accounts.lock_account(work.session, user_id)
        check_version(user.version, expected_version)
        user.display_name = (
            user.display_name if change.display_name is None else change.display_name
        )
        user.locale = change.locale or user.locale
        if email is not None and email != user.email:
            _change_email(work, user, email)
        if hashed is not None:
            _change_password(work, user, hashed, keep_session=keep_session)
        work.session.flush()
        return user


def _moves(user_id: int, email: str | None) -> bool:
    if email is None:
        return False
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(User, user_id).email != email


def _change_email(work: UnitOfWork, user: User, email: str) -> None:
    old_email = user.email
    with work.conflicts({"users.email": EmailTaken}):
        user.email = email
        user.email_verified_at = None
    void_links(work, user.id)  # a link to the former address must open nothing any more
    mail_email_changed(work, user, old_email=old_email)
    send_verification(work, user)


def _change_password(
    work: UnitOfWork, user: User, hashed: str, *, keep_session: str | None
) -> None:
    user.password_hash = hashed
    end_sessions_of(work, user.id, keep_secret=keep_session)
    mail_password_changed(work, user)
