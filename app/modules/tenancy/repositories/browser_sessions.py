"""Finding the browsers in which a person is signed in."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.tenancy.models import UserSession

SORTING = Sorting(
    {"last_seen_at": UserSession.last_seen_at}, tie=UserSession.id, default="-last_seen_at"
)


def list_open(
    session: Session, user_id: int, *, at: datetime, seen_since: datetime, request: PageRequest
) -> Page[UserSession]:
    """Return a page of the sessions of a person that have neither ended nor fallen idle."""
    rows = select(UserSession).where(
        UserSession.user_id == user_id,
        UserSession.expires_at > at,
        UserSession.last_seen_at > seen_since,
    )
    return paginate(session, rows, sorting=SORTING, request=request, filters={"user": user_id})
