"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.media.demo import seed_demo
from app.modules.media.features import FEATURES, MediaFeatures
from app.modules.media.metrics import MediaMetrics
from app.modules.media.navigation import NAVIGATION
from app.modules.media.panels import PANELS
from app.modules.media.permissions import PERMISSIONS
from app.modules.media.routes import api_admin_media, api_media, media_files, pages_media
from app.modules.media.services.follow_store import FilesFollowStore
from app.modules.media.services.personal_data import MEDIA_PEOPLE
from app.modules.media.settings import MediaSettings
from app.modules.media.tasks.sweep import SWEEP

MODULE = ModuleDefinition(
    code="media",
    folder=Path(__file__).parent,
    routers=(api_media.router, api_admin_media.router, media_files.router, pages_media.router),
    permissions=PERMISSIONS,
    navigation=NAVIGATION,
    panels=PANELS,
    jobs=(SWEEP,),
    settings=MediaSettings,
    features=MediaFeatures(FEATURES),
    metrics=MediaMetrics(),
    personal_data=MEDIA_PEOPLE,
    store_deleted=FilesFollowStore(),
    store_restored=FilesFollowStore(),
    demo=seed_demo,
)
