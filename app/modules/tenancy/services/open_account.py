"""Accounts that an operator sets up for somebody else."""

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.i18n import LOCALES, current_locale
from app.modules.tenancy.exceptions import EmailTaken
from app.modules.tenancy.models import LinkPurpose, User, UserType
from app.modules.tenancy.services.emails import checked_email
from app.modules.tenancy.services.mails import mail_first_password
from app.modules.tenancy.services.one_time_links import FIRST_PASSWORD_LIFE, new_link


def open_account(
    work: UnitOfWork,
    email: str,
    *,
    user_type: UserType,
    display_name: str = "",
    locale: str | None = None,
    pointer: str = "/email",
) -> User:
    """Add an account without a password and mail its person the way to choose one.

    Raises InvalidInput, EmailTaken.
    """
    user = User(
        email=checked_email(email, pointer=pointer),
        display_name=display_name.strip(),
        user_type=user_type,
        locale=locale if locale in LOCALES else current_locale(),
        created_at=business_now(),
    )
    with work.conflicts({"users.email": EmailTaken}):
        work.session.add(user)
    mail_way_in(work, user)
    return user


def mail_way_in(work: UnitOfWork, user: User) -> None:
    """Mail a link that sets the first password; earlier links stop working."""
    secret = new_link(work, user.id, purpose=LinkPurpose.RESET_PASSWORD, life=FIRST_PASSWORD_LIFE)
    mail_first_password(work, user, secret=secret)
