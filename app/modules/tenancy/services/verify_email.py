"""Proving that a mail address belongs to its account."""

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.modules.tenancy.models import LinkPurpose, User
from app.modules.tenancy.services.mail_limits import take_mail
from app.modules.tenancy.services.mails import mail_verification
from app.modules.tenancy.services.one_time_links import new_link, use_link


def send_verification(work: UnitOfWork, user: User) -> None:
    """Mail a link that proves the present address."""
    secret = new_link(work, user.id, purpose=LinkPurpose.VERIFY_EMAIL)
    mail_verification(work, user, secret=secret)


def resend_verification(work: UnitOfWork, user_id: int) -> None:
    """Mail another link, unless the address is proven. Raises TooManyMails after five an hour."""
    user = work.session.get_one(User, user_id)
    if user.email_verified_at is not None:
        return
    take_mail("verify", user.email)
    send_verification(work, user)


def verify_email(work: UnitOfWork, secret: str) -> User:
    """Take an address as proven. Raises LinkInvalid."""
    user = use_link(work, secret, purpose=LinkPurpose.VERIFY_EMAIL)
    user.email_verified_at = system_now()
    work.session.flush()
    return user
