"""Sessions, links and tokens that nobody can use any more go."""

from datetime import timedelta

from app.kit.clocks import system_now
from app.kit.db import UnitOfWork
from app.kit.delete_rows import delete_portion
from app.modules.tenancy.models import ApiToken, OneTimeLink, UserSession

SHOWN_FOR = timedelta(days=90)  # people see for a while which of their tokens ended


def drop_ended_access(work: UnitOfWork, *, limit: int) -> dict[str, int]:
    """Delete at most `limit` rows of each kind; how many it were, by kind."""
    now, session = system_now(), work.session
    ended = now - SHOWN_FOR
    return {
        "sessions": delete_portion(session, UserSession, UserSession.expires_at < now, limit=limit),
        "links": delete_portion(session, OneTimeLink, OneTimeLink.expires_at < now, limit=limit),
        "tokens": delete_portion(
            session,
            ApiToken,
            (ApiToken.expires_at < ended) | (ApiToken.revoked_at < ended),
            limit=limit,
        ),
    }
