"""Who did what (D28)."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.billing.routes.operating import Reader
from app.modules.billing.schemas.audit import AuditEntryOut
from app.modules.core.public import AuditEntry, AuditFilters, list_audit
from app.modules.tenancy.public import merchant_names, user_names

router = api_router("/admin/subscriptions", "Admin: audit")
Actor = Annotated[str | None, Query(max_length=80, description="As `user:7` or `stripe`")]


@router.get("/audit")
def get_audit(
    reader: Reader,
    paging: Paging,
    search: Search = None,
    merchant_id: int | None = None,
    actor: Actor = None,
) -> PageOut[AuditEntryOut]:
    """The audit log in scope, the newest first; `search` begins an action; sort: at."""
    filters = AuditFilters(reader.scope.platform_ids, search, merchant_id, actor)
    with unit_of_work(read_only=True) as work:
        page = list_audit(work, filters, paging)
        shown = iter(_outs(work, page.items))
        return PageOut[AuditEntryOut].of(page.map(lambda _one: next(shown)))


def _outs(work: UnitOfWork, entries: Sequence[AuditEntry]) -> list[AuditEntryOut]:
    people = user_names(work, [one for one in map(_user_id, entries) if one is not None])
    merchants = merchant_names(work, [one.merchant_id for one in entries if one.merchant_id])
    return [
        AuditEntryOut(
            id=one.id,
            at=one.at,
            actor=one.actor,
            actor_name=people.get(_user_id(one) or 0),
            action=one.action,
            target_type=one.target_type,
            target_id=one.target_id,
            platform_id=one.platform_id,
            merchant_id=one.merchant_id,
            merchant_name=merchants.get(one.merchant_id or 0),
            before=one.before,
            after=one.after,
            request_id=one.request_id,
        )
        for one in entries
    ]


def _user_id(entry: AuditEntry) -> int | None:
    kind, _, number = entry.actor.partition(":")
    return int(number) if kind == "user" else None
