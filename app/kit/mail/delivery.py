"""Delivers the mails of the outbox: to an SMTP server, or into the table of kept mails."""

from functools import partial
from urllib.parse import urlsplit

from app.kit.mail.kept import keep
from app.kit.mail.message import Mail, render_mail
from app.kit.mail.smtp import SmtpServer
from app.kit.outbox import Completion, OutboxHandler, OutboxMessage


def mail_handler(
    *, base_url: str, sender: str, server: SmtpServer | None, readable_links: bool
) -> OutboxHandler:
    """The handler of the outbox kind `mail`.

    Without a server mails are kept, and unless `readable_links` the secrets of their links are
    masked (nobody but the reader may use them).
    """

    def deliver(message: OutboxMessage) -> Completion | None:
        mail = render_mail(message.payload, base_url=base_url)
        if server is None:
            return partial(keep, mail=mail if readable_links else mail.masked())
        server.send(mail, sender=sender, message_id=_message_id(message, mail))
        return None

    def _message_id(message: OutboxMessage, mail: Mail) -> str:
        host = urlsplit(base_url).hostname
        return f"<{mail.written_at:%Y%m%d%H%M%S}.{message.id}@{host}>"

    return deliver
