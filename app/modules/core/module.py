"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.core.permissions import PERMISSIONS
from app.modules.core.services.page_context import page_context

MODULE = ModuleDefinition(
    code="core",
    folder=Path(__file__).parent,
    required=True,
    permissions=PERMISSIONS,
    page_context=page_context,
)
