"""An admin at work: whose things may be touched, and the trail that each write leaves (D28)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.contracts.tenants import AdminScope
from app.kit.db import UnitOfWork
from app.modules.core.public import AuditTarget, record_audit
from app.modules.tenancy.services.identity import Identity

Values = dict[str, Any]


@dataclass(frozen=True)
class Operator:
    """Who writes, within which platforms, by which request."""

    identity: Identity
    scope: AdminScope
    request_id: str

    def record(
        self,
        work: UnitOfWork,
        action: str,
        *,
        target: AuditTarget,
        before: Values | None = None,
        after: Values | None = None,
    ) -> None:
        """Leave an audit entry in the same transaction."""
        record_audit(
            work,
            self.identity.actor,
            action=action,
            target=target,
            before=before,
            after=after,
            request_id=self.request_id,
        )


def apply_changes(row: object, changes: Mapping[str, Any]) -> tuple[Values, Values]:
    """Set fields of a row; returns what really changed, before and after."""
    before = {name: getattr(row, name) for name in changes}
    changed = [name for name, value in changes.items() if before[name] != value]
    for name in changed:
        setattr(row, name, changes[name])
    return {name: before[name] for name in changed}, {name: changes[name] for name in changed}
