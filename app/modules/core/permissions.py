"""What may be done with the system itself."""

from app.contracts.permissions import Permission

VIEW_MAILS = "core.view_mails"

PERMISSIONS = (Permission(VIEW_MAILS, frozenset(), scope="admin:read"),)
