"""Who may do what (D2): modules declare permissions, roles hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.contracts.ports import Port


class Role(StrEnum):
    """The part somebody plays toward a platform, merchant or store.

    A service is a program of the platform itself, at any of its stores (D2).
    """

    SUPER_ADMIN = "super_admin"
    PLATFORM_ADMIN = "platform_admin"
    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"
    SERVICE = "service"


ADMINS = frozenset({Role.SUPER_ADMIN, Role.PLATFORM_ADMIN})
OWNERS = frozenset({Role.OWNER})
MANAGERS = frozenset({Role.OWNER, Role.MANAGER})
STORE_STAFF = frozenset({Role.OWNER, Role.MANAGER, Role.STAFF})


@dataclass(frozen=True)
class Permission:
    """One thing that some roles may do.

    `code` is `<module>.<what>`. A super admin holds every permission. `scope` is what a bearer
    token needs besides. One with `by_grant` a platform admin holds only where it was granted;
    `label_key` names it to those who grant.
    """

    code: str
    holders: frozenset[Role]
    scope: str
    by_grant: bool = False
    label_key: str = ""

    def held_by(self, role: Role) -> bool:
        """Whether a role holds it, grants left aside."""
        return role is Role.SUPER_ADMIN or (role in self.holders and not self.by_grant)


permissions: Port[Mapping[str, Permission]] = Port("permissions")
