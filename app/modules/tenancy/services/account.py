"""What belongs to the person who asks: merchants, stores, first page, permissions."""

from dataclasses import dataclass

from sqlalchemy import select

from app.contracts.permissions import Role, permissions
from app.kit.db import unit_of_work
from app.kit.errors import NotSignedIn
from app.modules.tenancy.models import Merchant, Store, User, UserType
from app.modules.tenancy.services.identity import Identity

MAX_PLACES = 200


@dataclass(frozen=True)
class OwnStore:
    """A store that somebody may enter, with the part played there."""

    id: int
    code: str
    name: str
    merchant_id: int
    platform_id: int
    role: Role


@dataclass(frozen=True)
class OwnMerchant:
    """A merchant that somebody owns."""

    id: int
    name: str


def own_account(identity: Identity) -> User:
    """Return the person's account as it is now. Raises NotSignedIn for a platform's token."""
    if identity.user_id is None:
        raise NotSignedIn
    with unit_of_work(read_only=True) as work:
        return work.session.get_one(User, identity.user_id)


def own_merchants(identity: Identity) -> list[OwnMerchant]:
    """Return the merchants that the person owns, by name."""
    with unit_of_work(read_only=True) as work:
        rows = work.session.execute(
            select(Merchant.id, Merchant.name)
            .where(Merchant.id.in_(identity.merchant_ids))
            .order_by(Merchant.name, Merchant.id)
        ).all()
    return [OwnMerchant(row.id, row.name) for row in rows]


def own_stores(identity: Identity) -> list[OwnStore]:
    """Return the stores that the person owns or works in, by name; at most `MAX_PLACES`."""
    with unit_of_work(read_only=True) as work:
        found = work.session.scalars(
            select(Store)
            .where(
                Store.deleted_at.is_(None),
                Store.merchant_id.in_(identity.merchant_ids) | Store.id.in_(identity.member_roles),
            )
            .order_by(Store.name, Store.id)
            .limit(MAX_PLACES)
        ).all()
    return [
        OwnStore(store.id, store.code, store.name, store.merchant_id, store.platform_id, role)
        for store in found
        if (role := identity.role_toward(store.merchant_id, store.id)) is not None
    ]


def own_permissions(identity: Identity) -> list[str]:
    """Return the codes of what the person may do somewhere, sorted."""
    roles = {Role.OWNER} if identity.merchant_ids else set()
    roles |= {Role(role.value) for role in identity.member_roles.values()}
    return sorted(
        code
        for code in permissions()
        if identity.may(code) or any(identity.may_as(code, role) for role in roles)
    )


def landing_page(identity: Identity) -> str:
    """Return the page to open after signing in."""
    if identity.user_type in {UserType.SUPER_ADMIN, UserType.PLATFORM_ADMIN}:
        return "/admin"
    if identity.merchant_ids:
        return "/merchant"
    stores = own_stores(identity)
    return f"/store/{stores[0].code}" if stores else "/account"
