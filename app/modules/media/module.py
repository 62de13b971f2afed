"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.media.features import MediaFeatures

MODULE = ModuleDefinition(code="media", folder=Path(__file__).parent, features=MediaFeatures())
