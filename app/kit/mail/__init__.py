"""Mail: written in the transaction of its cause, rendered and sent after the commit."""

from app.kit.mail.delivery import mail_handler
from app.kit.mail.kept import KeptMail
from app.kit.mail.message import KIND, Letter, send, send_all
from app.kit.mail.smtp import SmtpServer

__all__ = ["KIND", "KeptMail", "Letter", "SmtpServer", "mail_handler", "send", "send_all"]
