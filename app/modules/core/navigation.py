"""Where super admins find the pages of the system itself."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.core.permissions import VIEW_JOBS, VIEW_MAILS

SYSTEM = "core.navigation.system"

NAVIGATION = (
    NavigationEntry(
        Area.ADMIN,
        SYSTEM,
        "core.jobs.title",
        "/admin/jobs",
        icon="timer",
        permission=VIEW_JOBS,
        order=94,
    ),
    NavigationEntry(
        Area.ADMIN,
        SYSTEM,
        "core.mails.title",
        "/admin/mails",
        icon="mail",
        permission=VIEW_MAILS,
        order=95,
    ),
)
