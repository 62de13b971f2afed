"""What stores' first pages show of media files."""

from app.contracts.panels import Panel
from app.modules.media.permissions import VIEW_MEDIA
from app.modules.media.services.store_logo import visited_logo

PANELS = (
    Panel(
        page="tenancy.store.about",
        template="media/store/logo.html",
        permission=VIEW_MEDIA,
        values=visited_logo,
    ),
)
