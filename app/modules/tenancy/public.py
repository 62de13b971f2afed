"""What other modules may use of tenancy."""

from collections.abc import Sequence

from sqlalchemy import select

from app.kit.db import UnitOfWork
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
from app.modules.tenancy.models import Merchant, Platform
from app.modules.tenancy.services.identity import Identity
from app.modules.tenancy.services.passwords import hash_password
from app.modules.tenancy.services.people_by_command import (
    CommandedAdmin,
    add_admin,
    add_platform_token,
    add_user_token,
)
from app.modules.tenancy.services.tokens import TokenDraft

__all__ = [
    "AdminVisit",
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
    "has_platforms",
    "hash_password",
    "identify",
    "in_store",
    "in_store_page",
    "merchant_names",
]


def has_platforms(work: UnitOfWork) -> bool:
    """Whether anything was set up here yet."""
    return work.session.scalars(select(Platform.id).limit(1)).first() is not None


def merchant_names(work: UnitOfWork, merchant_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of merchants by id."""
    rows = work.session.execute(
        select(Merchant.id, Merchant.name).where(Merchant.id.in_(merchant_ids))
    )
    return {row.id: row.name for row in rows}
