"""What may be done with media files (D2); staff choose among them for products."""

from app.contracts.permissions import ADMINS, MANAGERS, STORE_STAFF, Permission

VIEW_MEDIA = "media.view_media"
MANAGE_MEDIA = "media.manage_media"
VIEW_STORAGE = "media.view_storage"

PERMISSIONS = (
    Permission(VIEW_MEDIA, STORE_STAFF, scope="read"),
    Permission(MANAGE_MEDIA, MANAGERS, scope="media:write"),
    Permission(VIEW_STORAGE, ADMINS, scope="admin:read"),
)
