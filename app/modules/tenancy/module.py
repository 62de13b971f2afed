"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.tenancy.demo import seed_demo
from app.modules.tenancy.permissions import PERMISSIONS
from app.modules.tenancy.routes import api_session, pages_session
from app.modules.tenancy.services.authenticate import authenticate

MODULE = ModuleDefinition(
    code="tenancy",
    folder=Path(__file__).parent,
    required=True,
    routers=(api_session.router, pages_session.router),
    permissions=PERMISSIONS,
    authenticator=authenticate,
    demo=seed_demo,
)
