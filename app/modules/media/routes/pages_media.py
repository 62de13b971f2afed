"""The pages of media files: a store's library, and storage for operators."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.media.permissions import MANAGE_MEDIA, VIEW_MEDIA, VIEW_STORAGE
from app.modules.media.services.store_logo import logo_id
from app.modules.media.settings import media_settings
from app.modules.tenancy.public import StoreVisit, as_admin, in_store_page

router = page_router()


@router.get("/store/{store_code}/media")
def get_library(
    request: Request, visit: Annotated[StoreVisit, Depends(in_store_page(VIEW_MEDIA))]
) -> str:
    """A store's files, with the space that is left."""
    return render_page(
        request,
        "media/store/library.html",
        store=visit.store,
        logo_id=logo_id(visit.store),
        may_manage=visit.may(MANAGE_MEDIA),
        max_mb=media_settings().media_max_mb,
    )


@router.get("/admin/media", dependencies=[Depends(as_admin(VIEW_STORAGE))])
def get_storage(request: Request) -> str:
    """What stores have in storage."""
    return render_page(request, "media/admin/storage.html")
