"""Merchants on the platforms that an admin looks after."""

from typing import Annotated

from fastapi import Depends, Response

from app.kit.db import unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.tenancy.guards import AdminVisit, as_admin
from app.modules.tenancy.permissions import MANAGE_MERCHANTS, VIEW_ADMIN
from app.modules.tenancy.repositories import admin_merchants
from app.modules.tenancy.repositories.admin_merchants import MerchantFilters, MerchantListed
from app.modules.tenancy.routes.operating import operating
from app.modules.tenancy.schemas.merchants import (
    FirstStoreIn,
    MerchantIn,
    MerchantOut,
    MerchantPatch,
    OwnerIn,
    PresenceOut,
)
from app.modules.tenancy.services.change_owner import change_owner
from app.modules.tenancy.services.create_store import StoreDraft
from app.modules.tenancy.services.manage_merchants import (
    FirstStore,
    MerchantDraft,
    create_merchant,
    update_merchant,
)
from app.modules.tenancy.services.operator import Operator
from app.modules.tenancy.services.owners import OwnerDraft

router = api_router("/admin/merchants", "Admin: merchants")
Reader = Annotated[AdminVisit, Depends(as_admin(VIEW_ADMIN))]
Writer = Annotated[Operator, Depends(operating(MANAGE_MERCHANTS))]


@router.get("")
def get_merchants(
    reader: Reader,
    paging: Paging,
    search: Search = None,
    active: bool | None = None,
    platform_id: int | None = None,
) -> PageOut[MerchantOut]:
    """The merchants in scope; search in name, mail and VAT number; sorts: name, created_at."""
    filters = MerchantFilters(search, active, platform_id)
    with unit_of_work(read_only=True) as work:
        page = admin_merchants.list_merchants(
            work.session, reader.scope, filters=filters, request=paging
        )
        return PageOut[MerchantOut].of(page.map(_out))


@router.get("/{merchant_id}")
def get_merchant(merchant_id: int, reader: Reader, response: Response) -> MerchantOut:
    """One merchant."""
    with unit_of_work(read_only=True) as work:
        return _tagged(
            response, admin_merchants.get_merchant(work.session, reader.scope, merchant_id)
        )


@router.post("", status_code=201)
@idempotent
def post_merchant(body: MerchantIn, writer: Writer, response: Response) -> MerchantOut:
    """Create a merchant with its owner; a new owner gets a mail with the way in."""
    draft = MerchantDraft(
        body.name, _owner_draft(body.owner), details=body.details(), store=_first_store(body.store)
    )
    with unit_of_work() as work:
        return _tagged(response, create_merchant(work, writer, draft=draft))


@router.patch("/{merchant_id}")
def patch_merchant(
    merchant_id: int,
    body: MerchantPatch,
    writer: Writer,
    expected: ExpectedVersion,
    response: Response,
) -> MerchantOut:
    """Change a merchant's particulars, or close and reopen it."""
    changes = body.model_dump(exclude_unset=True)
    with unit_of_work() as work:
        return _tagged(
            response,
            update_merchant(work, writer, merchant_id, changes=changes, expected=expected),
        )


@router.post("/{merchant_id}/owner")
@idempotent
def post_owner(
    merchant_id: int, body: OwnerIn, writer: Writer, expected: ExpectedVersion, response: Response
) -> MerchantOut:
    """Give a merchant to another owner; the former one loses access."""
    with unit_of_work() as work:
        return _tagged(
            response,
            change_owner(work, writer, merchant_id, draft=_owner_draft(body), expected=expected),
        )


def _owner_draft(body: OwnerIn) -> OwnerDraft:
    return OwnerDraft(body.email, body.display_name, body.locale)


def _first_store(body: FirstStoreIn | None) -> FirstStore | None:
    if body is None:
        return None
    return FirstStore(body.platform_id, StoreDraft(body.code, body.name, body.subdomain))


def _tagged(response: Response, found: MerchantListed) -> MerchantOut:
    set_etag(response, found.merchant.version)
    return _out(found)


def _out(found: MerchantListed) -> MerchantOut:
    return MerchantOut.of(
        found.merchant,
        owner=found.owner,
        platforms=[
            PresenceOut(
                id=one.platform_id,
                code=one.platform_code,
                name=one.platform_name,
                stores=one.stores,
            )
            for one in found.presence
        ],
    )
