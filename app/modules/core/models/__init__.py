"""Tables of this module."""

from app.modules.core.models.audit_entry import AuditEntry

__all__ = ["AuditEntry"]
