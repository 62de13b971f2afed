"""The one service of media files (D36); each method is a use case of its own file."""

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.modules.media.models import MediaFile
from app.modules.media.models.file_uses import FileUses
from app.modules.media.services.delete_file import delete_file
from app.modules.media.services.file_uses import find_uses
from app.modules.media.services.move_file import move_file
from app.modules.media.services.upload_file import UploadDraft, Uploaded, upload_file


class MediaService:
    """Uploads, moves and deletes a store's files."""

    def upload(self, store: StoreRef, draft: UploadDraft) -> Uploaded:
        """Keep a file; opens units of work of its own. See `upload_file`."""
        return upload_file(store, draft)

    def move(
        self,
        work: UnitOfWork,
        store: StoreRef,
        media_id: int,
        *,
        name: str | None,
        folder: str | None,
    ) -> MediaFile:
        """Give a file another name or folder. See `move_file`."""
        return move_file(work, store, media_id, name=name, folder=folder)

    def uses(self, work: UnitOfWork, media_id: int) -> FileUses:
        """Say who uses a file. See `find_uses`."""
        return find_uses(work.session, media_id)

    def delete(self, work: UnitOfWork, store: StoreRef, media_id: int, *, force: bool) -> None:
        """Delete a file, one in use only by `force`. See `delete_file`."""
        delete_file(work, store, media_id, force=force)
