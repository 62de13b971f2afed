"""Taking a file in: looked at and stored without the database, then one transaction (D38)."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.contracts.tenants import StoreRef
from app.kit.clocks import business_now
from app.kit.db import UnitOfWork, rerun_on_conflict, unit_of_work
from app.kit.settings import Settings, load_settings
from app.modules.media.exceptions import MediaStoredMeanwhile
from app.modules.media.gateways.storage import media_storage
from app.modules.media.models import MediaFile, MediaObject
from app.modules.media.models.figures import Amount
from app.modules.media.repositories.files import find_same
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
    keys = _keys(store, content_hash, renditions)
    storage = media_storage()
    try:
        for key, one in zip(keys, renditions.objects, strict=True):
            storage.put(key, one.content)
        uploaded: Uploaded = rerun_on_conflict(
            lambda: _record(store, draft, content_hash, renditions, keys)
        )
    except BaseException as refused:
        storage.delete(keys)
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


def _keys(store: StoreRef, content_hash: str, renditions: Renditions) -> list[str]:
    """Names that nobody can guess (D37), and that no earlier upload of the same bytes had:
    whoever deletes that one later must not take these objects along."""
    secret = load_settings(Settings).secret_key.encode()
    upload = uuid4().hex
    keys = []
    for one in renditions.objects:
        named = f"media:{store.id}:{content_hash}:{upload}:{one.variant}".encode()
        keys.append(f"{hmac.new(secret, named, hashlib.sha256).hexdigest()[:40]}.{one.extension}")
    return keys


def _record(
    store: StoreRef,
    draft: UploadDraft,
    content_hash: str,
    renditions: Renditions,
    keys: Sequence[str],
) -> Uploaded:
    with unit_of_work() as work:
        file = MediaFile(
            **store.owner._asdict(),
            store_id=store.id,
            folder=draft.folder,
            name=draft.name,
            kind=renditions.kind,
            content_hash=content_hash,
            byte_size=renditions.byte_size,
            created_at=business_now(),
        )
        with work.conflicts({"media_files.merchant_id": MediaStoredMeanwhile}):
            work.session.add(file)
        _add_objects(work, file, renditions, keys)
        amount = Amount(1, len(keys), renditions.byte_size)
        add_amount(work, store, amount, folder=draft.folder, kind=renditions.kind)
        return Uploaded(file.id, is_new=True)


def _add_objects(
    work: UnitOfWork, file: MediaFile, renditions: Renditions, keys: Sequence[str]
) -> None:
    for key, one in zip(keys, renditions.objects, strict=True):
        work.session.add(
            MediaObject(
                media_id=file.id,
                variant=one.variant,
                key=key,
                width=one.width,
                height=one.height,
                byte_size=len(one.content),
            )
        )
