"""Who asks, with everything that decides what they may do; frozen, without a session."""

from dataclasses import dataclass, field

from app.contracts.permissions import Permission, Role, permissions
from app.contracts.tenants import AdminScope, StoreRef
from app.modules.tenancy.models import MemberRole, UserType

VIEWERS_SCOPES = frozenset({"read"})


@dataclass(frozen=True)
class Identity:
    """A signed-in person, a person's token, or a platform's token (D2).

    `scopes` is None for a person in a browser. `admin_grants` holds the platforms of a platform
    admin, each with the permissions granted there. `viewing` is the name of the merchant through
    whose owner's eyes an admin looks.
    """

    actor: str
    user_id: int | None = None
    user_type: UserType | None = None
    display_name: str = ""
    email: str = ""
    email_verified: bool = False
    locale: str | None = None
    merchant_ids: frozenset[int] = frozenset()
    member_roles: dict[int, MemberRole] = field(default_factory=dict)
    admin_grants: dict[int, frozenset[str]] = field(default_factory=dict)
    scopes: frozenset[str] | None = None
    token_platform_id: int | None = None
    viewing: str | None = None

    @property
    def is_super_admin(self) -> bool:
        """Whether everything on all platforms is open."""
        return self.user_type is UserType.SUPER_ADMIN

    @property
    def admin_scope(self) -> AdminScope:
        """The platforms that this admin looks after."""
        return AdminScope(None if self.is_super_admin else frozenset(self.admin_grants))

    @property
    def is_read_only(self) -> bool:
        """Whether everything may be looked at and nothing changed."""
        return self.viewing is not None

    def may(self, permission: str) -> bool:
        """Whether an admin's permission is held, on whichever platform."""
        return any(
            self._holds(permission, role, grants=self._all_grants()) for role in self._admin_roles()
        )

    def may_on_platform(self, permission: str, platform_id: int) -> bool:
        """Whether an admin's permission is held on this very platform."""
        if not self.admin_scope.includes(platform_id):
            return False
        grants = self.admin_grants.get(platform_id, frozenset())
        return any(self._holds(permission, role, grants=grants) for role in self._admin_roles())

    def may_as(self, permission: str, role: Role) -> bool:
        """Whether a permission is held by the part played toward a merchant or store."""
        return self._holds(permission, role, grants=frozenset())

    def role_toward(self, merchant_id: int, store_id: int | None = None) -> Role | None:
        """Return the part played toward a merchant or one of its stores; None: a foreign one."""
        if self.is_super_admin:
            return Role.SUPER_ADMIN
        if merchant_id in self.merchant_ids:
            return Role.OWNER
        membership = self.member_roles.get(store_id) if store_id is not None else None
        return None if membership is None else Role(membership.value)

    def role_in(self, store: StoreRef) -> Role | None:
        """Return the part played in a store; None: a foreign one."""
        if self.token_platform_id == store.owner.platform_id:
            return Role.SERVICE
        return self.role_toward(store.owner.merchant_id, store.id)

    def _admin_roles(self) -> list[Role]:
        if self.user_type in {UserType.SUPER_ADMIN, UserType.PLATFORM_ADMIN}:
            return [Role(self.user_type.value)]
        return []

    def _all_grants(self) -> frozenset[str]:
        return frozenset().union(*self.admin_grants.values())

    def _holds(self, code: str, role: Role, *, grants: frozenset[str]) -> bool:
        permission = permissions()[code]
        held = permission.held_by(role) or (role in permission.holders and code in grants)
        return held and self._in_scopes(permission)

    def _in_scopes(self, permission: Permission) -> bool:
        scopes = VIEWERS_SCOPES if self.is_read_only else self.scopes
        return scopes is None or permission.scope in scopes
