"""Dependencies that let a request in: store, merchant, admin; each sets the page's place (D2).

Order of refusals: 401 nobody signed in, 404 another tenant's thing (not revealed), 403 wrong role.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header, Query, Request

from app.contracts.features import gate
from app.contracts.navigation import Area
from app.contracts.permissions import STORE_STAFF, Role, permissions
from app.contracts.tenants import AdminScope, Owner, StoreRef
from app.kit.db import unit_of_work
from app.kit.errors import AppError, Forbidden, NotSignedIn, TooManyRequests
from app.kit.http.context import request_context
from app.modules.tenancy.exceptions import (
    MerchantNotFound,
    OnlyInBrowser,
    StoreNotFound,
    StoreRequired,
)
from app.modules.tenancy.repositories import merchants, stores
from app.modules.tenancy.repositories.merchant_platforms import platforms_sold_on
from app.modules.tenancy.services.identity import Identity

INBOUND_SCOPE = "orders:inbound"


@dataclass(frozen=True)
class StoreVisit:
    """Somebody in a store, with the part they play there."""

    identity: Identity
    store: StoreRef
    role: Role

    area = Area.STORE

    @property
    def label(self) -> str:
        """The store's name."""
        return self.store.name

    @property
    def params(self) -> dict[str, str]:
        """What fills the rail's addresses."""
        return {"store_code": self.store.code}

    @property
    def query(self) -> str:
        """The rail's addresses hold the store already."""
        return ""

    def may(self, permission: str) -> bool:
        """Whether a permission is held in this store."""
        return self.identity.may_as(permission, self.role)


@dataclass(frozen=True)
class MerchantVisit:
    """An owner, or a super admin, at a merchant."""

    identity: Identity
    merchant_id: int
    merchant_name: str
    role: Role

    area = Area.MERCHANT

    @property
    def label(self) -> str:
        """The merchant's name."""
        return self.merchant_name

    @property
    def params(self) -> dict[str, str]:
        """The rail's addresses have no places to fill."""
        return {}

    @property
    def query(self) -> str:
        """Names the merchant, unless it is the reader's only one and so known anyway."""
        is_known = self.identity.merchant_ids == {self.merchant_id}
        return "" if is_known else f"?merchant_id={self.merchant_id}"

    def may(self, permission: str) -> bool:
        """Whether a permission is held at this merchant."""
        return self.identity.may_as(permission, self.role)


@dataclass(frozen=True)
class AdminVisit:
    """An admin, with the platforms in scope."""

    identity: Identity
    scope: AdminScope


def identify() -> Identity:
    """Return who asks. Raises NotSignedIn."""
    principal = request_context().principal
    if not isinstance(principal, Identity):
        raise NotSignedIn
    return principal


def in_person() -> Identity:
    """Return a person in a browser: the account itself is closed to tokens.

    Raises NotSignedIn, OnlyInBrowser.
    """
    identity = identify()
    if identity.scopes is not None or identity.user_id is None:
        raise OnlyInBrowser
    return identity


def in_store(permission: str) -> Callable[..., StoreVisit]:
    """Dependency of `/api/v1/store/*`: header `X-Store-Code`, on GET also `?store=`.

    It may be left out by a user of exactly one store. Raises NotSignedIn, StoreNotFound (unknown
    or foreign), StoreRequired, Forbidden; for a merchant's own token FeatureNotAvailable without
    `api_access`, ApiQuotaReached above the day's quota.
    """

    def enter(
        request: Request,
        x_store_code: Annotated[str | None, Header()] = None,
        store: Annotated[str | None, Query()] = None,
    ) -> StoreVisit:
        identity = identify()
        code = x_store_code or (store if request.method == "GET" else None)
        visit = _enter(identity, code, permission)
        _admit_program(visit, permission)
        return visit

    return enter


def in_store_page(permission: str) -> Callable[..., StoreVisit]:
    """Dependency of `/store/{store_code}/…` pages. Raises as `in_store`."""

    def enter(store_code: str) -> StoreVisit:
        visit = _enter(identify(), store_code, permission)
        request_context().place = visit
        return visit

    return enter


def at_merchant(permission: str) -> Callable[..., MerchantVisit]:
    """Dependency of merchant pages and APIs; `?merchant_id=` chooses among several own ones.

    Raises NotSignedIn, MerchantNotFound (unknown or foreign), Forbidden; for an owner's token as
    `in_store`.
    """

    def enter(merchant_id: Annotated[int | None, Query()] = None) -> MerchantVisit:
        identity = identify()
        with unit_of_work(read_only=True) as work:
            found = merchants.find_visited(
                work.session, merchant_id=merchant_id, owned=identity.merchant_ids
            )
        if found is None:
            if merchant_id is None:
                raise Forbidden
            raise MerchantNotFound
        role = identity.role_toward(found.id)
        if role is None:
            raise MerchantNotFound
        visit = MerchantVisit(identity, found.id, found.name, role)
        if not visit.may(permission):
            raise Forbidden
        _admit_owners_program(visit)
        request_context().place = visit
        return visit

    return enter


def as_admin(permission: str) -> Callable[[], AdminVisit]:
    """Dependency of admin pages and APIs. Raises NotSignedIn, Forbidden."""

    def enter() -> AdminVisit:
        identity = identify()
        if not identity.may(permission):
            raise Forbidden
        return AdminVisit(identity, identity.admin_scope)

    return enter


def _enter(identity: Identity, code: str | None, permission: str) -> StoreVisit:
    with unit_of_work(read_only=True) as work:
        if code is not None:
            store = stores.find_store_by_code(work.session, code)
        else:
            store = stores.find_only_store(
                work.session,
                merchant_ids=identity.merchant_ids,
                store_ids=frozenset(identity.member_roles),
            )
    if store is None:
        if code is not None:
            raise StoreNotFound
        raise StoreRequired if _has_stores(identity) else Forbidden
    role = identity.role_in(store)
    if role is None:
        raise StoreNotFound
    visit = StoreVisit(identity, store, role)
    if not visit.may(permission):
        raise Forbidden
    return visit


def _admit_program(visit: StoreVisit, permission: str) -> None:
    """Let a merchant's own program in while the plan allows it; inbound orders always (D17)."""
    is_program = visit.identity.scopes is not None and visit.role in STORE_STAFF
    if is_program and permissions()[permission].scope != INBOUND_SCOPE:
        gate().admit_api_request(visit.store.owner)


def _admit_owners_program(visit: MerchantVisit) -> None:
    """Let an owner's program in by the first of the merchant's plans that allows it (D17)."""
    if visit.identity.scopes is None or visit.role is not Role.OWNER:
        return
    with unit_of_work(read_only=True) as work:
        platform_ids = platforms_sold_on(work.session, visit.merchant_id)
    refusals: list[AppError] = []
    for platform_id in platform_ids:
        try:
            gate().admit_api_request(Owner(visit.merchant_id, platform_id))
        except (Forbidden, TooManyRequests) as refused:
            refusals.append(refused)
        else:
            return
    raise refusals[0] if refusals else Forbidden


def _has_stores(identity: Identity) -> bool:
    return bool(identity.merchant_ids or identity.member_roles or identity.is_super_admin)
