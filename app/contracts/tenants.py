"""Names of tenants that cross module borders."""

from dataclasses import dataclass
from typing import NamedTuple


class Owner(NamedTuple):
    """Who holds a subscription: a merchant on a platform; a tuple, since it keys hot look-ups."""

    merchant_id: int
    platform_id: int


@dataclass(frozen=True)
class StoreRef:
    """A store as other modules see it."""

    id: int
    code: str
    name: str
    owner: Owner
    currency: str
    timezone: str
    is_active: bool


@dataclass(frozen=True)
class PlatformRef:
    """A platform as other modules see it."""

    id: int
    code: str
    name: str
    currency: str


@dataclass(frozen=True)
class AdminScope:
    """Which platforms an admin may see: None is all of them."""

    platform_ids: frozenset[int] | None

    def includes(self, platform_id: int) -> bool:
        """Whether a platform is within the scope."""
        return self.platform_ids is None or platform_id in self.platform_ids

    def narrowed(self, platform_id: int | None) -> "AdminScope":
        """Return the scope without all other platforms; nothing where it is outside."""
        if platform_id is None:
            return self
        return AdminScope(frozenset({platform_id} if self.includes(platform_id) else ()))
