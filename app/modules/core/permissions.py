"""What may be done with the system itself."""

from app.contracts.permissions import Permission

VIEW_MAILS = "core.view_mails"
VIEW_JOBS = "core.view_jobs"
RUN_JOBS = "core.run_jobs"

PERMISSIONS = (
    Permission(VIEW_MAILS, frozenset(), scope="admin:read"),
    Permission(VIEW_JOBS, frozenset(), scope="admin:read"),
    Permission(RUN_JOBS, frozenset(), scope="admin:write"),
)
