"""Stores on the platforms that an admin looks after."""

from typing import Annotated

from fastapi import Depends, Response

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.tenancy.guards import AdminVisit, as_admin
from app.modules.tenancy.permissions import MANAGE_MERCHANTS, VIEW_ADMIN
from app.modules.tenancy.repositories import admin_stores
from app.modules.tenancy.repositories.admin_stores import StoreFilters, StoreListed, StoreStatus
from app.modules.tenancy.repositories.scoping import tenants_of_admin
from app.modules.tenancy.routes.operating import operating
from app.modules.tenancy.routes.store_answers import store_out
from app.modules.tenancy.schemas.operators import PersonName
from app.modules.tenancy.schemas.stores import (
    StoreDetailOut,
    StoreIn,
    StoreOut,
    StorePatch,
    TeamMemberOut,
)
from app.modules.tenancy.services.create_store import StoreDraft
from app.modules.tenancy.services.manage_stores import (
    add_store,
    delete_store,
    restore_store,
    update_store,
)
from app.modules.tenancy.services.operator import Operator

router = api_router("/admin/stores", "Admin: stores")
Reader = Annotated[AdminVisit, Depends(as_admin(VIEW_ADMIN))]
Writer = Annotated[Operator, Depends(operating(MANAGE_MERCHANTS))]


def _filters(
    search: Search = None,
    status: StoreStatus | None = None,
    platform_id: int | None = None,
    merchant_id: int | None = None,
) -> StoreFilters:
    return StoreFilters(search, status, platform_id, merchant_id)


Filters = Annotated[StoreFilters, Depends(_filters)]


@router.get("")
def get_stores(reader: Reader, paging: Paging, filters: Filters) -> PageOut[StoreOut]:
    """The stores in scope, the deleted ones by their status; sorts: name, code, merchant,
    created_at."""
    with unit_of_work(read_only=True) as work:
        page = admin_stores.list_stores(
            work.session, tenants_of_admin(reader.scope), filters=filters, request=paging
        )
        return PageOut[StoreOut].of(page.map(store_out))


@router.get("/{store_id}")
def get_store(store_id: int, reader: Reader, response: Response) -> StoreDetailOut:
    """One store with owner and team."""
    with unit_of_work(read_only=True) as work:
        found = admin_stores.get_store(work.session, tenants_of_admin(reader.scope), store_id)
        return _detailed(work, response, found)


@router.post("", status_code=201)
@idempotent
def post_store(body: StoreIn, writer: Writer, response: Response) -> StoreOut:
    """Open a store for a merchant in scope."""
    owner = Owner(body.merchant_id, body.platform_id)
    with unit_of_work() as work:
        found = add_store(
            work, writer, owner, draft=StoreDraft(body.code, body.name, body.subdomain)
        )
        set_etag(response, found.store.version)
        return store_out(found)


@router.patch("/{store_id}")
def patch_store(
    store_id: int, body: StorePatch, writer: Writer, expected: ExpectedVersion, response: Response
) -> StoreDetailOut:
    """Change name, subdomain or activity; the code stays for good."""
    changes = body.model_dump(exclude_unset=True)
    with unit_of_work() as work:
        found = update_store(work, writer, store_id, changes=changes, expected=expected)
        return _detailed(work, response, found)


@router.delete("/{store_id}", status_code=204)
def delete_one_store(store_id: int, writer: Writer) -> None:
    """Delete a store; it can be restored."""
    with unit_of_work() as work:
        delete_store(work, writer, store_id)


@router.post("/{store_id}/restore")
@idempotent
def post_restore(store_id: int, writer: Writer, response: Response) -> StoreDetailOut:
    """Bring a deleted store back."""
    with unit_of_work() as work:
        return _detailed(work, response, restore_store(work, writer, store_id))


def _detailed(work: UnitOfWork, response: Response, found: StoreListed) -> StoreDetailOut:
    set_etag(response, found.store.version)
    return StoreDetailOut(
        **dict(store_out(found)),
        owner=PersonName.of(admin_stores.owner_of(work.session, found.merchant)),
        team=[
            TeamMemberOut.of(one.user, role=one.role, status=one.status)
            for one in admin_stores.team_of(work.session, found.store.id)
        ],
    )
