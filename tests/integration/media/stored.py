"""What lies in storage and in the figures, for tests to compare."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.modules.media.models import MediaFile, MediaKind
from app.modules.media.models.figures import Amount
from app.modules.media.repositories.figures import figures_of_store
from app.modules.media.services.storage_limit import add_amount
from tests.factories.catalog import store_of
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_of
from tests.integration.browser import Visitor

URL = "/api/v1/store/media"


@dataclass(frozen=True)
class Stored:
    """Files on disk, the figures' sums, and the counter of the limit."""

    on_disk: tuple[str, ...]
    files: int
    objects: int
    byte_size: int
    counter: int


def stored(root: Path, shop: AShop) -> Stored:
    """Look at everything that an upload changes."""
    with unit_of_work(read_only=True) as work:
        whole = figures_of_store(work.session, store_of(shop)).whole
    on_disk = tuple(sorted(path.name for path in root.rglob("*") if path.is_file()))
    return Stored(on_disk, *whole, counter=counter_of(shop.owner, "max_storage_mb") or 0)


def send(visitor: Visitor, content: bytes, name: str = "picture.png", **fields: str) -> Any:
    """Upload a file as a browser does."""
    return visitor.post(URL, files={"file": (name, content)}, data=fields)


def occupy(shop: AShop, byte_size: int) -> None:
    """Add a file of so many bytes, of which there is nothing but the row."""
    with unit_of_work() as work:
        work.session.add(
            MediaFile(
                **shop.owner._asdict(),
                store_id=shop.store_id,
                name="large.pdf",
                kind=MediaKind.DOCUMENT,
                content_hash=uuid4().hex,
                byte_size=byte_size,
                created_at=business_now(),
            )
        )
        amount = Amount(1, 0, byte_size)
        add_amount(work, store_of(shop), amount, folder="", kind=MediaKind.DOCUMENT)
