"""Owners and team members of the merchants that an admin looks after (D39)."""

from dataclasses import asdict
from typing import Annotated

from fastapi import Depends

from app.kit.db import unit_of_work
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.tenancy.guards import AdminVisit, as_admin
from app.modules.tenancy.permissions import VIEW_ADMIN
from app.modules.tenancy.repositories.merchant_users import (
    MerchantUserFilters,
    MerchantUserType,
    count_people,
)
from app.modules.tenancy.repositories.scoping import tenants_of_admin
from app.modules.tenancy.routes.merchant_user_answers import merchant_user_out
from app.modules.tenancy.schemas.merchant_users import MerchantUserOut, MerchantUserStatsOut
from app.modules.tenancy.services.merchant_users import list_merchant_users

router = api_router("/admin/merchant-users", "Admin: merchant users")
Reader = Annotated[AdminVisit, Depends(as_admin(VIEW_ADMIN))]


def _filters(
    search: Search = None,
    type: MerchantUserType | None = None,  # noqa: A002 - the filter's name in the address
    active: bool | None = None,
) -> MerchantUserFilters:
    return MerchantUserFilters(search, type, active)


Filters = Annotated[MerchantUserFilters, Depends(_filters)]


@router.get("")
def get_merchant_users(
    reader: Reader, paging: Paging, filters: Filters
) -> PageOut[MerchantUserOut]:
    """One row a person; search in mail and name; sorts: email, name, created_at."""
    with unit_of_work(read_only=True) as work:
        page = list_merchant_users(
            work, tenants_of_admin(reader.scope), filters=filters, request=paging
        )
        return PageOut[MerchantUserOut].of(page.map(merchant_user_out))


@router.get("/stats")
def get_stats(reader: Reader, filters: Filters) -> MerchantUserStatsOut:
    """Figures of what the same filters list."""
    with unit_of_work(read_only=True) as work:
        stats = count_people(work.session, tenants_of_admin(reader.scope), filters=filters)
        return MerchantUserStatsOut(**asdict(stats))
