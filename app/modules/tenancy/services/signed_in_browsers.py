"""Where a person is signed in."""

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.pagination import Page, PageRequest
from app.modules.tenancy.models import UserSession
from app.modules.tenancy.repositories.browser_sessions import list_open
from app.modules.tenancy.services.authenticate import IDLE_LIMIT


def list_browsers(work: UnitOfWork, user_id: int, *, request: PageRequest) -> Page[UserSession]:
    """Return a page of a person's sessions that would still let in, the latest used first."""
    now = system_now()
    return list_open(work.session, user_id, at=now, seen_since=now - IDLE_LIMIT, request=request)
