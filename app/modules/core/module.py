"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.core.navigation import NAVIGATION
from app.modules.core.permissions import PERMISSIONS
from app.modules.core.routes import api_jobs, api_mails, pages_development, pages_jobs, pages_mails
from app.modules.core.services.page_context import page_context
from app.modules.core.services.personal_data import CorePeople

MODULE = ModuleDefinition(
    code="core",
    folder=Path(__file__).parent,
    required=True,
    routers=(
        api_jobs.router,
        api_mails.router,
        pages_jobs.router,
        pages_mails.router,
        pages_development.router,
    ),
    permissions=PERMISSIONS,
    navigation=NAVIGATION,
    page_context=page_context,
    personal_data=CorePeople(),
)
