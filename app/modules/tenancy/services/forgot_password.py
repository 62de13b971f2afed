"""Asking for a link that sets a new password, without learning whether an account exists."""

from app.kit import outbox
from app.kit.db import UnitOfWork
from app.modules.tenancy.services.emails import normal_email
from app.modules.tenancy.services.mail_limits import take_mail

PASSWORD_FORGOTTEN = "tenancy.password_forgotten"  # noqa: S105 - the name of a message


def ask_for_reset(work: UnitOfWork, email: str) -> None:
    """Note the wish; whose account it is, is looked up after the answer has left.

    Known and unknown addresses cost and are answered the same, so nothing can be learned.
    Raises TooManyMails after five an hour for one address.
    """
    account = normal_email(email)
    take_mail("reset", account)
    outbox.put(work, PASSWORD_FORGOTTEN, {"email": account})
