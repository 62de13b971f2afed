"""Writing the audit log (D28)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.kit.clocks import business_now
from app.kit.db import UnitOfWork
from app.kit.many_rows import insert_rows
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


@dataclass(frozen=True)
class AuditDraft:
    """What was done to a thing: the changed fields before and after."""

    action: str
    target: AuditTarget
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


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
    draft = AuditDraft(action, target, before, after)
    record_audits(work, actor, [draft], request_id=request_id)


def record_audits(
    work: UnitOfWork, actor: str, drafts: Sequence[AuditDraft], *, request_id: str | None = None
) -> None:
    """Add entries as `record_audit` does, by one statement."""
    rows = [
        {
            "at": business_now(),
            "actor": actor,
            "action": draft.action,
            "target_type": draft.target.type,
            "target_id": draft.target.id,
            "platform_id": draft.target.platform_id,
            "merchant_id": draft.target.merchant_id,
            "before": _masked(draft.before),
            "after": _masked(draft.after),
            "request_id": request_id,
        }
        for draft in drafts
    ]
    insert_rows(work.session, AuditEntry, rows)


def _masked(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {key: MASK if key in _PERSONAL and value else value for key, value in values.items()}
