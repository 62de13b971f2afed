"""Taking a file in: looked at and stored without the database, then one transaction (D38)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import rerun_on_conflict, unit_of_work
from app.modules.media.exceptions import MediaStoredMeanwhile
from app.modules.media.gateways.storage import media_storage
from app.modules.media.models.figures import Amount
from app.modules.media.repositories.files import find_same
from app.modules.media.services.file_rows import add_file, add_objects, keys_for
from app.modules.media.services.forget_objects import forget_objects
from app.modules.media.services.renditions import Renditions, render_file
from app.modules.media.services.storage_limit import add_amount, refuse_closed_library


@dataclass(frozen=True)
class UploadDraft:
    """A file as it was sent."""

    name: str
    folder: str
    content: bytes


@dataclass(frozen=True)
class Uploaded:
    """A store's file; not `is_new` where the same bytes were there already (D37)."""

    media_id: int
    is_new: bool


def upload_file(store: StoreRef, draft: UploadDraft) -> Uploaded:
    """Keep a file in a store, with its smaller pictures (D36).

    Objects are in storage before the rows are committed, so no row is ever without its object;
    what a crash or a refusal leaves behind is swept. No unit of work may be open. Raises what is
    wrong with the file, what the gate refuses with, MediaStorageUnavailable.
    """
    refuse_closed_library(store.owner)
    content_hash = hashlib.sha256(draft.content).hexdigest()
    known = _find_known(store, content_hash)
    if known is not None:
        return known
    renditions = render_file(draft.content, name=draft.name)
    keys = keys_for(store, content_hash, renditions)
    try:
        for key, one in zip(keys, renditions.objects, strict=True):
            media_storage().put(key, one.content)
        uploaded: Uploaded = rerun_on_conflict(
            lambda: _record(store, draft, content_hash, renditions, keys)
        )
    except BaseException as refused:
        forget_objects(keys)
        if isinstance(refused, MediaStoredMeanwhile):
            known = _find_known(store, content_hash)
            if known is not None:
                return known
        raise
    return uploaded


def _find_known(store: StoreRef, content_hash: str) -> Uploaded | None:
    with unit_of_work(read_only=True) as work:
        same = find_same(work.session, store, content_hash)
        return None if same is None else Uploaded(same.id, is_new=False)


def _record(
    store: StoreRef,
    draft: UploadDraft,
    content_hash: str,
    renditions: Renditions,
    keys: Sequence[str],
) -> Uploaded:
    with unit_of_work() as work:
        with work.conflicts({"media_files.merchant_id": MediaStoredMeanwhile}):
            file = add_file(
                work,
                store,
                name=draft.name,
                folder=draft.folder,
                content_hash=content_hash,
                renditions=renditions,
                at=business_now(),
            )
        add_objects(work, file, renditions, keys)
        amount = Amount(1, len(keys), renditions.byte_size)
        add_amount(work, store, amount, folder=draft.folder, kind=renditions.kind)
        return Uploaded(file.id, is_new=True)
