"""A merchant in a few figures, for its first page."""

from dataclasses import dataclass

from app.kit.db import UnitOfWork
from app.modules.tenancy.repositories.merchant_platforms import merchant_platforms
from app.modules.tenancy.repositories.merchant_users import MerchantUserFilters, count_people
from app.modules.tenancy.repositories.scoping import tenants_of_merchant


@dataclass(frozen=True)
class MerchantOverview:
    """On how many platforms it sells, in how many stores, and who works there beside owners."""

    platforms: int
    stores: int
    team_members: int


def merchant_overview(work: UnitOfWork, merchant_id: int) -> MerchantOverview:
    """Return the figures of a merchant."""
    stores = [one.stores for one in merchant_platforms(work.session, merchant_id) if one.stores]
    people = count_people(
        work.session, tenants_of_merchant(merchant_id), filters=MerchantUserFilters()
    )
    return MerchantOverview(len(stores), sum(stores), people.team_members)
