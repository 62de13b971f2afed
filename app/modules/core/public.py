"""What other modules may use of the core."""

from app.kit.db import UnitOfWork
from app.kit.pagination import Page, PageRequest
from app.modules.core.models.audit_entry import AuditEntry
from app.modules.core.repositories import audit_entries
from app.modules.core.repositories.audit_entries import AuditFilters
from app.modules.core.services.audit import AuditDraft, AuditTarget, record_audit, record_audits
from app.modules.core.services.jobs import JobState, job_states
from app.modules.core.services.personal_texts import PersonalTexts

__all__ = [
    "AuditDraft",
    "AuditEntry",
    "AuditFilters",
    "AuditTarget",
    "JobState",
    "PersonalTexts",
    "job_states",
    "list_audit",
    "record_audit",
    "record_audits",
]


def list_audit(work: UnitOfWork, filters: AuditFilters, request: PageRequest) -> Page[AuditEntry]:
    """Return a page of the audit log, the newest first."""
    return audit_entries.list_entries(work.session, filters, request)
