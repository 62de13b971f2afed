"""Finding tokens."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.tenancy.models import ApiToken

SORTING = Sorting(
    {"created_at": ApiToken.created_at, "name": ApiToken.name},
    tie=ApiToken.id,
    default="-created_at",
)


def list_of_user(session: Session, user_id: int, *, request: PageRequest) -> Page[ApiToken]:
    """Return a page of a person's tokens that were not revoked."""
    rows = select(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))
    return paginate(session, rows, sorting=SORTING, request=request, filters={"user": user_id})


def list_of_platform(session: Session, platform_id: int, *, request: PageRequest) -> Page[ApiToken]:
    """Return a page of a platform's tokens that were not revoked."""
    rows = select(ApiToken).where(
        ApiToken.platform_id == platform_id, ApiToken.revoked_at.is_(None)
    )
    filters = {"platform": platform_id}
    return paginate(session, rows, sorting=SORTING, request=request, filters=filters)


def find_valid(session: Session, token_id: int) -> ApiToken | None:
    """Return a token that was not revoked."""
    return session.scalars(
        select(ApiToken).where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None))
    ).first()
