"""Every permission, who holds it, and what a token needs besides."""

from app import bootstrap
from app.contracts.permissions import Permission, Role
from devtools.reference.markdown import code, document, table

LEAD = (
    "A bearer token needs the scope besides the permission, and never may "
    "more than the person who made it. *By grant*: a platform admin holds it only where it "
    "was granted for a platform."
)


def page() -> str:
    """The whole page, one section a module."""
    parts = []
    for module in bootstrap.MODULES:
        if module.permissions:
            rows = map(_row, module.permissions)
            heads = ["Code", "Held by", "Scope of tokens"]
            parts += [f"## {module.code.title()}\n", table(heads, rows)]
    return document("Permissions", LEAD, *parts)


def _row(permission: Permission) -> list[str]:
    holders = [_words(role) for role in Role if role in permission.holders | {Role.SUPER_ADMIN}]
    grant = " (by grant)" if permission.by_grant else ""
    return [code(permission.code), ", ".join(holders) + grant, code(permission.scope)]


def _words(role: Role) -> str:
    return role.replace("_", " ")
