"""`tierline media verify`: database and storage compared both ways (D38)."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from app.kit.db import unit_of_work
from app.modules.media.models import MediaSpace, MediaTotal
from app.modules.media.services.verify_storage import (
    StorageReport,
    sweep_orphans,
    verify_storage,
)
from tests.factories.media import a_media_file, original_key
from tests.factories.tenancy import AShop
from tests.integration.media.stored import stored

NOW = timedelta(0)
ORPHAN = "0" * 40 + ".webp"


def put(root: Path, name: str) -> Path:
    """Leave a file in storage, as a crash does."""
    path = root / name[:2] / name[2:4] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left behind")
    return path


def test_it_finds_nothing_where_everything_fits(shop: AShop) -> None:
    a_media_file(shop)
    assert verify_storage(repair=False, older_than=NOW) == StorageReport()


def test_it_removes_objects_without_row_only_when_asked(shop: AShop, media_root: Path) -> None:
    a_media_file(shop)
    before = stored(media_root, shop)
    half = f"{ORPHAN}.aa.part"
    put(media_root, ORPHAN), put(media_root, half)
    found = verify_storage(repair=False, older_than=NOW)
    assert sorted(found.orphans) == [ORPHAN, half]
    assert len(stored(media_root, shop).on_disk) == len(before.on_disk) + 2
    assert verify_storage(repair=True, older_than=NOW).is_clean is False
    assert stored(media_root, shop) == before
    assert verify_storage(repair=False, older_than=NOW).is_clean


def test_it_leaves_young_objects_to_uploads_that_still_run(shop: AShop, media_root: Path) -> None:
    path = put(media_root, ORPHAN)
    assert verify_storage(repair=True).is_clean
    assert sweep_orphans() == 0
    assert path.exists()


def test_it_tells_of_lost_and_shortened_objects(shop: AShop, media_root: Path) -> None:
    lost, short = (original_key(a_media_file(shop)) for _ in range(2))
    (media_root / lost[:2] / lost[2:4] / lost).unlink()
    (media_root / short[:2] / short[2:4] / short).write_bytes(b"")
    assert sorted(verify_storage(repair=True, older_than=NOW).missing) == sorted([lost, short])


def test_it_corrects_figures_that_drifted(shop: AShop, media_root: Path) -> None:
    a_media_file(shop)
    before = stored(media_root, shop)
    with unit_of_work() as work:
        work.session.execute(update(MediaTotal).values(files=7, byte_size=1))
        work.session.execute(update(MediaSpace).values(byte_size=1))
    assert verify_storage(repair=False).wrong_totals == [shop.store_code]
    verify_storage(repair=True)
    assert verify_storage(repair=False).is_clean
    assert stored(media_root, shop) == before
