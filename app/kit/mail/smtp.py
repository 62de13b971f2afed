"""Sends mails to an SMTP server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

from app.kit.mail.message import Mail
from app.kit.outbox import Undeliverable

TIMEOUT_S = 30.0
SUBMISSION_PORT = 587
TLS_PORT = 465
PERMANENT = 500  # SMTP: replies from here on say that trying again is of no use


class InsecureServer(Exception):
    """The server wants a password and offers no encryption to send it through."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mails are handed over. The password is in no text of this object."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls_at_once: bool = False
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read `smtp://user:password@host:587` (STARTTLS) or `smtps://…` (TLS from the start).

        Raises ValueError.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("must be smtp:// or smtps:// and a host")
        tls_at_once = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (TLS_PORT if tls_at_once else SUBMISSION_PORT),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls_at_once=tls_at_once,
        )

    def send(self, mail: Mail, *, sender: str, message_id: str) -> None:
        """Hand one mail over; `message_id` lets the receiver recognise a repetition.

        The connection is encrypted where the server offers it (on this machine itself it need not
        be) and a password is never sent in clear. Raises Undeliverable when the server will never
        take it, InsecureServer, smtplib.SMTPException or OSError when a later try may help.
        """
        message = compose(mail, sender=sender, message_id=message_id)
        with self._connection() as server:
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as refused:
                code, reason = next(iter(refused.recipients.values()))
                _raise_if_permanent(code, reason, refused)
                raise
            except smtplib.SMTPDataError as refused:
                _raise_if_permanent(refused.smtp_code, refused.smtp_error, refused)
                raise

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        with self._connect() as server:
            if not self.tls_at_once and not _is_this_machine(self.host):
                self._encrypt(server)
            if self.user is not None:
                server.login(self.user, self.password or "")
            yield server

    def _connect(self) -> smtplib.SMTP:
        if self.tls_at_once:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=self.tls)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)

    def _encrypt(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=self.tls)
        elif self.user is not None:
            raise InsecureServer(f"{self.host} offers no STARTTLS")


def compose(mail: Mail, *, sender: str, message_id: str) -> EmailMessage:
    """The message with its text and HTML parts; header values cannot hold a line break."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    message["Content-Language"] = mail.locale  # last: setting content drops Content-* headers
    return message


def _raise_if_permanent(code: int, reason: bytes | str, cause: Exception) -> None:
    if code >= PERMANENT:
        text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
        raise Undeliverable(f"{code} {text}") from cause


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
