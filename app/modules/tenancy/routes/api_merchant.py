"""What an owner sees and does at the own merchant."""

from dataclasses import asdict
from typing import Annotated

from fastapi import Depends, Response

from app.contracts.tenants import Owner
from app.kit.db import unit_of_work
from app.kit.http.etags import set_etag
from app.kit.http.idempotency import idempotent
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.tenancy.guards import MerchantVisit, at_merchant
from app.modules.tenancy.permissions import MANAGE_STORES, VIEW_MERCHANT
from app.modules.tenancy.repositories.admin_stores import StoreFilters, StoreStatus, list_stores
from app.modules.tenancy.repositories.merchant_platforms import merchant_platforms
from app.modules.tenancy.repositories.merchant_users import MerchantUserFilters, MerchantUserType
from app.modules.tenancy.repositories.scoping import tenants_of_merchant
from app.modules.tenancy.routes.merchant_user_answers import merchant_user_out
from app.modules.tenancy.routes.store_answers import store_out
from app.modules.tenancy.schemas.merchant_platforms import (
    MerchantPlatformOut,
    MerchantPlatformsOut,
)
from app.modules.tenancy.schemas.merchant_users import MerchantUserOut
from app.modules.tenancy.schemas.stores import OwnStoreIn, StoreOut
from app.modules.tenancy.services.create_store import StoreDraft
from app.modules.tenancy.services.merchant_users import list_merchant_users
from app.modules.tenancy.services.open_own_store import open_own_store

router = api_router("/merchant", "Merchant")
Reader = Annotated[MerchantVisit, Depends(at_merchant(VIEW_MERCHANT))]
Writer = Annotated[MerchantVisit, Depends(at_merchant(MANAGE_STORES))]


@router.get("/stores")
def get_stores(
    reader: Reader,
    paging: Paging,
    search: Search = None,
    status: StoreStatus | None = None,
    platform_id: int | None = None,
) -> PageOut[StoreOut]:
    """The merchant's stores; sorts: name, code, created_at."""
    filters = StoreFilters(search, status, platform_id)
    with unit_of_work(read_only=True) as work:
        page = list_stores(
            work.session,
            tenants_of_merchant(reader.merchant_id),
            filters=filters,
            request=paging,
        )
        return PageOut[StoreOut].of(page.map(store_out))


@router.post("/stores", status_code=201)
@idempotent
def post_store(body: OwnStoreIn, writer: Writer, response: Response) -> StoreOut:
    """Open a further store."""
    owner = Owner(writer.merchant_id, body.platform_id)
    with unit_of_work() as work:
        found = open_own_store(work, owner, draft=StoreDraft(body.code, body.name, body.subdomain))
        set_etag(response, found.store.version)
        return store_out(found)


@router.get("/platforms")
def get_platforms(reader: Reader) -> MerchantPlatformsOut:
    """Where the merchant sells and where it could, with the number of its stores."""
    with unit_of_work(read_only=True) as work:
        found = merchant_platforms(work.session, reader.merchant_id)
        return MerchantPlatformsOut(items=[MerchantPlatformOut(**asdict(one)) for one in found])


@router.get("/users")
def get_users(
    reader: Reader,
    paging: Paging,
    search: Search = None,
    type: MerchantUserType | None = None,  # noqa: A002 - the filter's name in the address
    active: bool | None = None,
) -> PageOut[MerchantUserOut]:
    """The owner and the members of the merchant's stores; sorts: email, name, created_at."""
    filters = MerchantUserFilters(search, type, active)
    with unit_of_work(read_only=True) as work:
        page = list_merchant_users(
            work, tenants_of_merchant(reader.merchant_id), filters=filters, request=paging
        )
        return PageOut[MerchantUserOut].of(page.map(merchant_user_out))
