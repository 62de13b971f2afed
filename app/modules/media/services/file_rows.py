"""What the database holds of a file, and how its objects are called."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from app.contracts.tenants import StoreRef
from app.kit.db import UnitOfWork
from app.kit.settings import Settings, load_settings
from app.modules.media.models import MediaFile, MediaObject
from app.modules.media.services.renditions import Renditions


def keys_for(store: StoreRef, content_hash: str, renditions: Renditions) -> list[str]:
    """Return names that nobody can guess (D37), and that no earlier upload of the same bytes had:
    whoever deletes that one later must not take these objects along."""
    secret = load_settings(Settings).secret_key.encode()
    upload = uuid4().hex
    keys = []
    for one in renditions.objects:
        named = f"media:{store.id}:{content_hash}:{upload}:{one.variant}".encode()
        keys.append(f"{hmac.new(secret, named, hashlib.sha256).hexdigest()[:40]}.{one.extension}")
    return keys


def add_file(
    work: UnitOfWork,
    store: StoreRef,
    *,
    name: str,
    folder: str,
    content_hash: str,
    renditions: Renditions,
    at: datetime,
) -> MediaFile:
    """Add the row of a file, made at an instant."""
    file = MediaFile(
        **store.owner._asdict(),
        store_id=store.id,
        folder=folder,
        name=name,
        kind=renditions.kind,
        content_hash=content_hash,
        byte_size=renditions.byte_size,
        created_at=at,
    )
    work.session.add(file)
    work.session.flush()
    return file


def add_objects(
    work: UnitOfWork, file: MediaFile, renditions: Renditions, keys: Sequence[str]
) -> None:
    """Add the rows of a file's objects, which are in storage already."""
    work.session.add_all(
        MediaObject(
            media_id=file.id,
            variant=one.variant,
            key=key,
            width=one.width,
            height=one.height,
            byte_size=len(one.content),
        )
        for key, one in zip(keys, renditions.objects, strict=True)
    )
    work.session.flush()
