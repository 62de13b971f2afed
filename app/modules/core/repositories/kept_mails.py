"""Mails that are kept here, newest first."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit.mail import KeptMail
from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.core.exceptions import MailNotFound

SORTING = Sorting(
    {"created_at": KeptMail.created_at, "to": KeptMail.to}, tie=KeptMail.id, default="-created_at"
)


def list_mails(session: Session, *, search: str | None, request: PageRequest) -> Page[KeptMail]:
    """Return a page of mails whose receiver or subject begins with `search`."""
    rows = select(KeptMail)
    if search:
        rows = rows.where(
            KeptMail.to.istartswith(search, autoescape=True)
            | KeptMail.subject.istartswith(search, autoescape=True)
        )
    return paginate(session, rows, sorting=SORTING, request=request, filters={"search": search})


def get_mail(session: Session, mail_id: int) -> KeptMail:
    """Return one mail. Raises MailNotFound."""
    mail = session.get(KeptMail, mail_id)
    if mail is None:
        raise MailNotFound
    return mail
