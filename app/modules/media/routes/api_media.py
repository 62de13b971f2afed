"""A store's media files."""

from typing import Annotated

from fastapi import Depends, Query, Response
from starlette.concurrency import run_in_threadpool

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork, unit_of_work
from app.kit.http.fields import Id
from app.kit.http.paging import PageOut, Paging, Search
from app.kit.http.router import api_router
from app.modules.media.models import MediaFile, MediaKind
from app.modules.media.permissions import MANAGE_MEDIA, VIEW_MEDIA
from app.modules.media.repositories import figures, files
from app.modules.media.repositories.files import MediaFilters
from app.modules.media.routes.picture_workers import run_with_pictures
from app.modules.media.routes.upload_form import OPENAPI, UploadForm
from app.modules.media.schemas.figures import FiguresOut
from app.modules.media.schemas.media import MAX_FOLDER, LogoIn, MediaOut, MediaPatch, MediaUsesOut
from app.modules.media.services.media_service import MediaService
from app.modules.media.services.store_logo import choose_logo
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/media", "Store media")
service = MediaService()
Viewing = Annotated[StoreVisit, Depends(in_store(VIEW_MEDIA))]
Managing = Annotated[StoreVisit, Depends(in_store(MANAGE_MEDIA))]


@router.get("")
def get_files(
    visit: Viewing,
    paging: Paging,
    search: Search = None,
    folder: Annotated[str | None, Query(max_length=MAX_FOLDER)] = None,
    kind: Annotated[MediaKind | None, Query(alias="type")] = None,
) -> PageOut[MediaOut]:
    """The store's files; `folder` may be empty for those in none; sorts: name, size,
    created_at."""
    with unit_of_work(read_only=True) as work:
        filters = MediaFilters(search, folder, kind)
        page = files.list_files(work.session, visit.store, filters=filters, request=paging)
        objects = files.objects_of(work.session, [one.id for one in page.items])
        return PageOut[MediaOut].of(page.map(lambda one: MediaOut.of(one, objects[one.id])))


@router.post("", status_code=201, openapi_extra=OPENAPI, responses={200: {"model": MediaOut}})
async def post_file(visit: Managing, sent: UploadForm, response: Response) -> MediaOut:
    """Add a file; the same bytes again answer 200 with the file that there is.

    jpg, png, gif, webp, avif or pdf. Pictures are kept as WebP, at most 2000 px on a side, with
    variants of 800 and 200 px; takes their bytes from the merchant's `max_storage_mb`.
    """
    uploaded = await run_with_pictures(lambda: service.upload(visit.store, sent.draft()))
    if not uploaded.is_new:
        response.status_code = 200
    return await run_in_threadpool(_read, visit.store, uploaded.media_id)


@router.get("/stats")
def get_figures(visit: Viewing) -> FiguresOut:
    """What the store has stored, in all and by kind and folder."""
    with unit_of_work(read_only=True) as work:
        return FiguresOut.of(figures.figures_of_store(work.session, visit.store))


@router.put("/logo", status_code=204)
def put_logo(body: LogoIn, visit: Managing) -> None:
    """Make a picture the store's logo, or none."""
    with unit_of_work() as work:
        choose_logo(work, visit.store, body.media_id)


@router.get("/{media_id}")
def get_file(media_id: Id, visit: Viewing) -> MediaOut:
    """One file."""
    return _read(visit.store, media_id)


@router.get("/{media_id}/usage")
def get_uses(media_id: Id, visit: Viewing) -> MediaUsesOut:
    """Everything that shows the file."""
    with unit_of_work(read_only=True) as work:
        files.get_file(work.session, visit.store, media_id)
        return MediaUsesOut.of(service.uses(work, media_id))


@router.patch("/{media_id}")
def patch_file(media_id: Id, body: MediaPatch, visit: Managing) -> MediaOut:
    """Give a file another name or folder; its addresses stay."""
    with unit_of_work() as work:
        file = service.move(work, visit.store, media_id, name=body.name, folder=body.folder)
        return _out(work, file)


@router.delete("/{media_id}", status_code=204)
def delete_file(media_id: Id, visit: Managing, force: bool = False) -> None:
    """Delete a file; one in use answers 409 with the list, unless `force`: then whatever shows
    it forgets it in the same transaction."""
    with unit_of_work() as work:
        service.delete(work, visit.store, media_id, force=force)


def _read(store: StoreRef, media_id: int) -> MediaOut:
    with unit_of_work(read_only=True) as work:
        return _out(work, files.get_file(work.session, store, media_id))


def _out(work: UnitOfWork, file: MediaFile) -> MediaOut:
    return MediaOut.of(file, files.objects_of(work.session, [file.id])[file.id])
