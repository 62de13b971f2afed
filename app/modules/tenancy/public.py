"""What other modules may use of tenancy."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.contracts.tenants import AdminScope, Owner, PlatformRef, StoreRef
from app.kit.db import UnitOfWork
from app.modules.tenancy.exceptions import PlatformNotFound, StoreNotFound
from app.modules.tenancy.guards import (
    AdminVisit,
    MerchantVisit,
    StoreVisit,
    as_admin,
    at_merchant,
    identify,
    in_store,
    in_store_page,
)
from app.modules.tenancy.models import Merchant, Platform, Store, User
from app.modules.tenancy.repositories import addressees, demo_stores, stores
from app.modules.tenancy.repositories.addressees import Addressee
from app.modules.tenancy.repositories.admin_merchants import get_merchant
from app.modules.tenancy.repositories.admin_platforms import get_platform, platform_choices
from app.modules.tenancy.repositories.billing_contacts import BillingContact, get_billing_contact
from app.modules.tenancy.repositories.demo_stores import further_stores
from app.modules.tenancy.repositories.open_platforms import find_open_platform
from app.modules.tenancy.repositories.scoping import starts_with
from app.modules.tenancy.repositories.stores import find_store_by_id
from app.modules.tenancy.services.drop_ended_access import drop_ended_access
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.passwords import hash_password
from app.modules.tenancy.services.people import forget_person, tell_of_person
from app.modules.tenancy.services.people_by_command import (
    CommandedAdmin,
    add_admin,
    add_platform_token,
    add_user_token,
)
from app.modules.tenancy.services.service_visits import find_service_visit
from app.modules.tenancy.services.store_logo import find_store_logo, set_store_logo
from app.modules.tenancy.services.tokens import TokenDraft

__all__ = [
    "Addressee",
    "AdminVisit",
    "BillingContact",
    "CommandedAdmin",
    "Identity",
    "MerchantVisit",
    "StoreVisit",
    "TokenDraft",
    "add_admin",
    "add_platform_token",
    "add_user_token",
    "as_admin",
    "at_merchant",
    "billing_contact",
    "drop_ended_access",
    "every_platform",
    "every_store",
    "find_first_store",
    "find_service_visit",
    "find_store_logo",
    "first_stores",
    "forget_person",
    "further_stores",
    "get_known_store",
    "get_merchant_name",
    "get_open_platform_id",
    "get_platform_ref",
    "get_store_by_code",
    "get_store_ref",
    "has_platforms",
    "hash_password",
    "identify",
    "in_store",
    "in_store_page",
    "merchant_contacts",
    "merchant_names",
    "merchants_called",
    "named_stores",
    "owners_of_merchants",
    "platform_codes",
    "platform_refs",
    "platform_timezone",
    "platforms_in_scope",
    "set_store_logo",
    "store_names",
    "super_admins",
    "tell_of_person",
    "user_names",
]


def every_store(work: UnitOfWork) -> Iterator[StoreRef]:
    """Yield all stores that are not deleted, in the order of their creation."""
    return stores.every_store(work.session)


def named_stores(work: UnitOfWork) -> Iterator[StoreRef]:
    """Yield the stores of a demo that have names of their own, in the order of their creation."""
    return demo_stores.named_stores(work.session)


def has_platforms(work: UnitOfWork) -> bool:
    """Whether anything was set up here yet."""
    return work.session.scalars(select(Platform.id).limit(1)).first() is not None


def merchant_names(work: UnitOfWork, merchant_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of merchants by id."""
    rows = work.session.execute(
        select(Merchant.id, Merchant.name).where(Merchant.id.in_(merchant_ids))
    )
    return {row.id: row.name for row in rows}


def merchants_called(search: str) -> Select[int]:
    """Return the query for the ids of merchants whose name, mail or VAT number begins so."""
    begins = starts_with(search, Merchant.name, Merchant.contact_email, Merchant.vat_number)
    return select(Merchant.id).where(begins)


def merchant_contacts(work: UnitOfWork, merchant_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return name and contact mail of merchants by id."""
    rows = work.session.execute(
        select(Merchant.id, Merchant.name, Merchant.contact_email).where(
            Merchant.id.in_(set(merchant_ids))
        )
    )
    return {row.id: (row.name, row.contact_email) for row in rows}


def user_names(work: UnitOfWork, user_ids: Iterable[int]) -> dict[int, str]:
    """Return how people are called by id."""
    rows = work.session.execute(
        select(User.id, User.display_name, User.email).where(User.id.in_(set(user_ids)))
    )
    return {row.id: row.display_name or row.email for row in rows}


def store_names(work: UnitOfWork, store_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return code and name of stores by id, deleted ones too."""
    rows = work.session.execute(
        select(Store.id, Store.code, Store.name).where(Store.id.in_(set(store_ids)))
    )
    return {row.id: (row.code, row.name) for row in rows}


def get_merchant_name(work: UnitOfWork, scope: AdminScope, merchant_id: int) -> str:
    """Return the name of a merchant in scope. Raises MerchantNotFound."""
    return get_merchant(work.session, scope, merchant_id).merchant.name


def get_platform_ref(work: UnitOfWork, scope: AdminScope, platform_id: int) -> PlatformRef:
    """Return a platform in scope. Raises PlatformNotFound."""
    platform = get_platform(work.session, scope, platform_id).platform
    return PlatformRef(platform.id, platform.code, platform.name, platform.currency)


def platforms_in_scope(work: UnitOfWork, scope: AdminScope) -> list[PlatformRef]:
    """Return the active platforms in scope by name, to choose from."""
    rows = platform_choices(work.session, scope)
    return [PlatformRef(one.id, one.code, one.name, one.currency) for one in rows]


def get_open_platform_id(work: UnitOfWork, code: str) -> int:
    """Return the id of a platform that people can sign up on. Raises PlatformNotFound."""
    platform = find_open_platform(work.session, code)
    if platform is None:
        raise PlatformNotFound
    return platform.id


def platform_codes(work: UnitOfWork, platform_ids: Iterable[int]) -> dict[int, str]:
    """Return the codes of platforms by id."""
    rows = work.session.execute(
        select(Platform.id, Platform.code).where(Platform.id.in_(set(platform_ids)))
    )
    return {row.id: row.code for row in rows}


def platform_refs(work: UnitOfWork, platform_ids: Iterable[int]) -> dict[int, PlatformRef]:
    """Return platforms by id."""
    rows = work.session.scalars(select(Platform).where(Platform.id.in_(set(platform_ids))))
    return {one.id: PlatformRef(one.id, one.code, one.name, one.currency) for one in rows}


def platform_timezone(session: Session, platform_id: int) -> str:
    """Return the zone in which a platform's days begin and end (D0)."""
    return session.scalars(select(Platform.timezone).where(Platform.id == platform_id)).one()


def get_store_ref(work: UnitOfWork, scope: AdminScope, store_id: int) -> StoreRef:
    """Return a store in scope that is not deleted. Raises StoreNotFound."""
    store = find_store_by_id(work.session, store_id)
    if store is None or not scope.includes(store.owner.platform_id):
        raise StoreNotFound
    return store


def get_store_by_code(work: UnitOfWork, code: str) -> StoreRef:
    """Return the store with a code. Raises StoreNotFound."""
    store = stores.find_store_by_code(work.session, code)
    if store is None:
        raise StoreNotFound
    return store


def get_known_store(work: UnitOfWork, identity: Identity, code: str) -> StoreRef:
    """Return a store in which somebody plays a part. Raises StoreNotFound (unknown or foreign)."""
    store = get_store_by_code(work, code)
    if identity.role_in(store) is None:
        raise StoreNotFound
    return store


def every_platform(work: UnitOfWork) -> list[PlatformRef]:
    """Return all platforms."""
    rows = work.session.scalars(select(Platform).order_by(Platform.id))
    return [PlatformRef(one.id, one.code, one.name, one.currency) for one in rows]


def find_first_store(work: UnitOfWork, owner: Owner) -> StoreRef | None:
    """Return the oldest store of a merchant on a platform that is not deleted."""
    return stores.find_first_store(work.session, owner)


def first_stores(work: UnitOfWork, merchant_ids: Collection[int]) -> dict[Owner, StoreRef]:
    """Return what `find_first_store` would, for all platforms of several merchants."""
    return {one.owner: one for one in stores.first_stores(work.session, merchant_ids)}


def owners_of_merchants(work: UnitOfWork, merchant_ids: Collection[int]) -> dict[int, Addressee]:
    """Return whom mails to merchants reach, by merchant."""
    return addressees.owners_of(work.session, merchant_ids)


def super_admins(work: UnitOfWork) -> list[Addressee]:
    """Return whom mails to the operator of the whole product reach."""
    return addressees.super_admins(work.session)


def billing_contact(work: UnitOfWork, merchant_id: int) -> BillingContact:
    """Return where a merchant's bills go."""
    return get_billing_contact(work.session, merchant_id)
