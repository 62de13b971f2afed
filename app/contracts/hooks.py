"""What tenancy tells others, inside the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.contracts.ports import Port
from app.contracts.tenants import Owner, StoreRef

if TYPE_CHECKING:
    from app.kit.db import UnitOfWork


@dataclass(frozen=True)
class MerchantCreated:
    """A merchant begins on a platform; `tier_code` is the plan chosen at signup, if any (D3)."""

    owner: Owner
    tier_code: str | None = None


class MerchantCreatedHook(Protocol):
    """Wants to know of new merchants on a platform."""

    def merchant_created(self, work: "UnitOfWork", event: MerchantCreated) -> None:
        """Act within the caller's transaction; raising undoes the creation."""


class PlatformCreatedHook(Protocol):
    """Wants to know of new platforms."""

    def platform_created(self, work: "UnitOfWork", platform_id: int, currency: str) -> None:
        """Act within the caller's transaction; raising undoes the creation."""


class StoreDeletedHook(Protocol):
    """Keeps things of stores, which go with their store."""

    def store_deleted(self, work: "UnitOfWork", store: StoreRef) -> None:
        """Put away what the store holds, in the caller's transaction; raising keeps the store."""


class StoreRestoredHook(Protocol):
    """Keeps things of stores, which come back with their store."""

    def store_restored(self, work: "UnitOfWork", store: StoreRef) -> None:
        """Bring back what went with the store; raising, as at a full limit, undoes the restore."""


merchant_created_hooks: Port[Sequence[MerchantCreatedHook]] = Port("merchant_created_hooks")
platform_created_hooks: Port[Sequence[PlatformCreatedHook]] = Port("platform_created_hooks")
store_deleted_hooks: Port[Sequence[StoreDeletedHook]] = Port("store_deleted_hooks")
store_restored_hooks: Port[Sequence[StoreRestoredHook]] = Port("store_restored_hooks")
