"""Writing the audit log (D28)."""

from dataclasses import dataclass
from typing import Any

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.modules.core.models.audit_entry import AuditEntry

MASK = "***"
_PERSONAL = frozenset(
    {"email", "contact_email", "contact_phone", "display_name", "phone", "address", "password"}
)


@dataclass(frozen=True)
class AuditTarget:
    """The thing that was changed, and whose it is."""

    type: str
    id: int
    platform_id: int | None = None
    merchant_id: int | None = None


def record_audit(
    work: UnitOfWork,
    actor: str,
    *,
    action: str,
    target: AuditTarget,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    request_id: str | None = None,
) -> None:
    """Add an entry in the caller's transaction; values of personal fields are masked."""
    work.session.add(
        AuditEntry(
            at=business_now(),
            actor=actor,
            action=action,
            target_type=target.type,
            target_id=target.id,
            platform_id=target.platform_id,
            merchant_id=target.merchant_id,
            before=_masked(before),
            after=_masked(after),
            request_id=request_id,
        )
    )


def _masked(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {key: MASK if key in _PERSONAL and value else value for key, value in values.items()}
