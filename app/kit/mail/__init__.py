"""Mail: written in the transaction of its cause, rendered and sent after the commit."""

from app.kit.mail.delivery import mail_handler
from app.kit.mail.kept import KeptMail
from app.kit.mail.message import KIND, send
from app.kit.mail.smtp import SmtpServer

__all__ = ["KIND", "KeptMail", "SmtpServer", "mail_handler", "send"]
