"""What contenders want: one unit of a limit each, and how it is given back."""

from collections.abc import Callable
from dataclasses import dataclass

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.catalog.services.create_product import create_product
from app.modules.catalog.services.delete_product import delete_product
from app.modules.catalog.services.product_draft import ProductDraft
from app.modules.tenancy.models import MemberRole
from app.modules.tenancy.services.change_member import remove_member
from app.modules.tenancy.services.create_store import StoreDraft
from app.modules.tenancy.services.invite_member import Invitation, invite_member
from app.modules.tenancy.services.manage_stores import delete_store
from app.modules.tenancy.services.open_own_store import open_own_store
from tests.integration.limits.actors import ACTING, OPERATOR


@dataclass(frozen=True)
class Wish:
    """`take` writes a row with its unit and returns the row's id; `give_back` ends the row."""

    take: Callable[[UnitOfWork, StoreRef, str], int]
    give_back: Callable[[UnitOfWork, StoreRef, int], None]


def _product(work: UnitOfWork, store: StoreRef, name: str) -> int:
    return create_product(work, store, draft=ProductDraft(name, name, 100)).id


def _no_product(work: UnitOfWork, store: StoreRef, product_id: int) -> None:
    delete_product(work, store, product_id, expected=None)


def _member(work: UnitOfWork, store: StoreRef, name: str) -> int:
    invitation = Invitation(f"{name}@example.test", MemberRole.STAFF)
    return invite_member(work, store, invitation=invitation, acting=ACTING)[0].id


def _no_member(work: UnitOfWork, store: StoreRef, member_id: int) -> None:
    remove_member(work, store, member_id=member_id, acting=ACTING)


def _store(work: UnitOfWork, store: StoreRef, name: str) -> int:
    return open_own_store(work, store.owner, draft=StoreDraft(f"s-{name}", name)).store.id


def _no_store(work: UnitOfWork, _store: StoreRef, store_id: int) -> None:
    delete_store(work, OPERATOR, store_id)


WISHES = {
    "max_products": Wish(_product, _no_product),
    "max_team_members": Wish(_member, _no_member),
    "max_stores": Wish(_store, _no_store),
}
