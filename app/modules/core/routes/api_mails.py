"""Mails that are kept instead of sent, where no mail server is set; for super admins."""

from fastapi import Depends

from app.kit.db import unit_of_work
from app.kit.http.authentication import require
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.core.permissions import VIEW_MAILS
from app.modules.core.repositories import kept_mails
from app.modules.core.schemas.mails import MailDetailOut, MailOut

router = api_router("/admin/mails", "Admin: mails")
MAY_READ = [Depends(require(VIEW_MAILS))]


@router.get("", dependencies=MAY_READ)
def get_mails(paging: Paging, search: Search = None) -> PageOut[MailOut]:
    """The kept mails, newest first; search in receiver and subject; sorts: created_at, to."""
    with unit_of_work(read_only=True) as work:
        page = kept_mails.list_mails(work.session, search=search, request=paging)
        return PageOut[MailOut].of(page.map(MailOut.model_validate))


@router.get("/{mail_id}", dependencies=MAY_READ)
def get_mail(mail_id: int) -> MailDetailOut:
    """One mail as its receiver would have seen it."""
    with unit_of_work(read_only=True) as work:
        return MailDetailOut.model_validate(kept_mails.get_mail(work.session, mail_id))
