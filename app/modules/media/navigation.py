"""Where people find media files."""

from app.contracts.navigation import Area, NavigationEntry
from app.modules.media.permissions import VIEW_MEDIA, VIEW_STORAGE

NAVIGATION = (
    NavigationEntry(
        area=Area.STORE,
        group="tenancy.store.navigation",
        label="media.library.title",
        href="/store/{store_code}/media",
        icon="images",
        permission=VIEW_MEDIA,
        order=40,
    ),
    NavigationEntry(
        area=Area.ADMIN,
        group="core.navigation.system",
        label="media.storage.title",
        href="/admin/media",
        icon="hard-drive",
        permission=VIEW_STORAGE,
        order=92,
    ),
)
