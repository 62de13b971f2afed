"""Reading the audit log in tests."""

from sqlalchemy import select

from app.kit.db import unit_of_work
from app.modules.core.models import AuditEntry


def trail() -> list[AuditEntry]:
    """Return every entry, oldest first."""
    with unit_of_work(read_only=True) as work:
        return list(work.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def actions() -> list[str]:
    """Return what was done, oldest first."""
    return [entry.action for entry in trail()]
