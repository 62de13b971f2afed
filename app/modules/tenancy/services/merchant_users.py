"""The people of merchants: owners and team members, each once, with where they belong (D39)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.kit.db import UnitOfWork
from app.kit.pagination import Page, PageRequest
from app.modules.tenancy.models import User
from app.modules.tenancy.repositories import merchant_users
from app.modules.tenancy.repositories.merchant_users import (
    MerchantUserFilters,
    MerchantUserType,
    Person,
    Workplace,
)
from app.modules.tenancy.repositories.scoping import Tenants


@dataclass(frozen=True)
class MerchantUser:
    """One person with the merchants and stores in sight."""

    user: User
    type: MerchantUserType
    merchants: Sequence[tuple[int, str]]
    stores: Sequence[Workplace]


def list_merchant_users(
    work: UnitOfWork, tenants: Tenants, *, filters: MerchantUserFilters, request: PageRequest
) -> Page[MerchantUser]:
    """Return a page of people; the number of queries does not depend on how many there are."""
    page = merchant_users.list_people(work.session, tenants, filters=filters, request=request)
    ids = [person.user.id for person in page.items]
    owned = merchant_users.merchants_owned(work.session, tenants, ids)
    stores = merchant_users.stores_owned(work.session, tenants, ids)
    stores += merchant_users.memberships_of(work.session, tenants, ids)

    def complete(person: Person) -> MerchantUser:
        own = [store for store in stores if store.user_id == person.user.id]
        merchants = {
            one.merchant_id: one.merchant_name for one in owned if one.user_id == person.user.id
        }
        merchants |= {store.merchant_id: store.merchant_name for store in own}
        return MerchantUser(person.user, person.type, list(merchants.items()), own)

    return page.map(complete)
