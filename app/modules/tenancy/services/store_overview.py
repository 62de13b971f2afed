"""A store in a few facts, for its first page."""

from dataclasses import dataclass

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.tenancy.models import Merchant, Platform


@dataclass(frozen=True)
class StoreOverview:
    """Whose store it is and where it sells."""

    merchant: str
    platform: str


def store_overview(work: UnitOfWork, store: StoreRef) -> StoreOverview:
    """Return the facts of a store."""
    return StoreOverview(
        merchant=work.session.get_one(Merchant, store.owner.merchant_id).name,
        platform=work.session.get_one(Platform, store.owner.platform_id).name,
    )
