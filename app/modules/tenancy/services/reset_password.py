"""A new password for somebody who lost theirs, by a link to the account's mail address."""

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork, unit_of_work
from app.modules.tenancy.models import LinkPurpose
from app.modules.tenancy.repositories import accounts
from app.modules.tenancy.services.emails import normal_email
from app.modules.tenancy.services.mails import mail_password_changed, mail_password_reset
from app.modules.tenancy.services.one_time_links import check_link, new_link, use_link
from app.modules.tenancy.services.passwords import hash_password
from app.modules.tenancy.services.sessions import end_sessions_of


def reset_password(secret: str, password: str) -> None:
    """Set a new password and end every session; following the link proves the address too.

    Raises LinkInvalid, InvalidInput for a password too short or too long.
    """
    with unit_of_work(read_only=True) as work:
        check_link(work, secret, purpose=LinkPurpose.RESET_PASSWORD)
    hashed = hash_password(password)
    with unit_of_work() as work:
        user = use_link(work, secret, purpose=LinkPurpose.RESET_PASSWORD)
        user.password_hash = hashed
        user.email_verified_at = user.email_verified_at or system_now()
        end_sessions_of(work, user.id)
        mail_password_changed(work, user)


def send_reset_link(work: UnitOfWork, email: str) -> None:
    """Mail a link to the account of an address; an unknown or closed account gets nothing."""
    user = accounts.find_by_email(work.session, normal_email(email))
    if user is None or not user.is_active:
        return
    secret = new_link(work, user.id, purpose=LinkPurpose.RESET_PASSWORD)
    mail_password_reset(work, user, secret=secret)
