"""The mails of accounts and teams; each is rendered in its reader's language at delivery."""

from app.kit import mail
from app.kit.db import UnitOfWork
from app.kit.i18n import DEFAULT_LOCALE
from app.modules.tenancy.models import User


def mail_verification(work: UnitOfWork, user: User, *, secret: str) -> None:
    """Ask a person to prove the address of the account."""
    _send(work, user, "verify_email", path=f"/verify-email/{secret}")


def mail_password_reset(work: UnitOfWork, user: User, *, secret: str) -> None:
    """Send the way to a new password."""
    _send(work, user, "reset_password", path=f"/reset-password/{secret}")


def mail_first_password(work: UnitOfWork, user: User, *, secret: str) -> None:
    """Tell somebody of an account that another person set up, and how to enter it."""
    _send(work, user, "first_password", path=f"/reset-password/{secret}")


def mail_password_changed(work: UnitOfWork, user: User) -> None:
    """Tell the owner of an account, who may not have done it."""
    _send(work, user, "password_changed", path="/forgot-password")


def mail_email_changed(work: UnitOfWork, user: User, *, old_email: str) -> None:
    """Tell the former address; the new one is asked to prove itself by another mail."""
    mail.send(
        work,
        old_email,
        "tenancy/mail/email_changed",
        {"name": user.display_name, "new_email": user.email},
        user.locale or DEFAULT_LOCALE,
    )


def mail_invitation(
    work: UnitOfWork,
    invited: User,
    *,
    secret: str,
    inviter: str,
    store: str,
    merchant: str,
    role: str,
    locale: str,
) -> None:
    """Invite somebody into a store's team."""
    mail.send(
        work,
        invited.email,
        "tenancy/mail/invitation",
        {
            "name": invited.display_name,
            "inviter": inviter,
            "store": store,
            "merchant": merchant,
            "role": role,
            "path": f"/invite/{secret}",
        },
        locale,
    )


def _send(work: UnitOfWork, user: User, template: str, *, path: str) -> None:
    context = {"name": user.display_name, "path": path}
    mail.send(work, user.email, f"tenancy/mail/{template}", context, user.locale)
