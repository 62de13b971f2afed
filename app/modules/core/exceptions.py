"""What can go wrong with the system itself."""

from app.kit.errors import NotFound


class MailNotFound(NotFound):
    """No such kept mail."""

    code = "mail_not_found"
