"""Asking for a link that sets a new password, without learning whether an account exists."""

from functools import partial

from app.kit import outbox
from app.kit.db import UnitOfWork
from app.modules.tenancy.services.emails import normal_email
from app.modules.tenancy.services.mail_limits import take_mail
from app.modules.tenancy.services.reset_password import send_reset_link

PASSWORD_FORGOTTEN = "tenancy.password_forgotten"  # noqa: S105 - the name of a message


def ask_for_reset(work: UnitOfWork, email: str) -> None:
    """Note the wish; whose account it is, is looked up after the answer has left.

    Known and unknown addresses cost and are answered the same, so nothing can be learned.
    Raises TooManyMails after five an hour for one address.
    """
    account = normal_email(email)
    take_mail("reset", account)
    outbox.put(work, PASSWORD_FORGOTTEN, {"email": account})


def answer_wish(message: outbox.OutboxMessage) -> outbox.Completion:
    """Outbox handler: mail the link in the unit of work that marks the wish as answered."""
    return partial(send_reset_link, email=str(message.payload["email"]))
