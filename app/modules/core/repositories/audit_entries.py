"""The audit log, newest first; the platforms first."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit.pagination import Page, PageRequest, Sorting, paginate
from app.modules.core.models.audit_entry import AuditEntry

# Ids rise with time, and need no further index.
SORTING = Sorting({"at": AuditEntry.id}, tie=AuditEntry.id, default="-at")


@dataclass(frozen=True)
class AuditFilters:
    """Which entries are looked for; `platform_ids` None is all, of no platform too."""

    platform_ids: frozenset[int] | None
    search: str | None = None
    merchant_id: int | None = None
    actor: str | None = None


def list_entries(session: Session, filters: AuditFilters, request: PageRequest) -> Page[AuditEntry]:
    """Return a page of entries; `search` begins an action, as `subscription.`; sort: at."""
    query = select(AuditEntry)
    if filters.platform_ids is not None:
        query = query.where(AuditEntry.platform_id.in_(filters.platform_ids))
    if filters.search and filters.search.strip():
        query = query.where(AuditEntry.action.startswith(filters.search.strip(), autoescape=True))
    if filters.merchant_id is not None:
        query = query.where(AuditEntry.merchant_id == filters.merchant_id)
    if filters.actor is not None:
        query = query.where(AuditEntry.actor == filters.actor)
    given = {"filters": repr(filters)}
    return paginate(session, query, sorting=SORTING, request=request, filters=given)
