"""What other modules may use of the core."""

from app.modules.core.services.audit import AuditTarget, record_audit

__all__ = ["AuditTarget", "record_audit"]
