"""`max_storage_mb`: exact to the byte, in step with uploads and deletions (D38)."""

from pathlib import Path
from threading import Barrier, Thread

from app.kit.errors import AppError
from app.modules.media.services import storage_limit
from app.modules.media.services.storage_limit import megabytes
from tests.factories.billing import an_override
from tests.factories.media import a_media_file
from tests.factories.pictures import a_picture
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor
from tests.integration.media.stored import URL, occupy, send, stored

CODE = "max_storage_mb"


def test_it_counts_begun_megabytes() -> None:
    assert [megabytes(n) for n in (0, 1, 1_000_000, 1_000_001)] == [0, 1, 1, 2]


def test_it_refuses_the_first_byte_above_the_limit(owner: Visitor, shop: AShop) -> None:
    an_override(shop.owner, CODE, 2)
    occupy(shop, 1_999_999)
    occupy(shop, 1)
    assert counter_of(shop.owner, CODE) == 2
    answer = send(owner, a_picture())
    assert (answer.status_code, answer.json()["error_code"]) == (403, "feature_limit_reached")
    assert answer.json()["params"]["limit"] == 2


def test_it_leaves_nothing_in_storage_of_what_does_not_fit(
    owner: Visitor, shop: AShop, media_root: Path
) -> None:
    an_override(shop.owner, CODE, 0)
    assert send(owner, a_picture()).json()["error_code"] == "feature_limit_reached"
    after = stored(media_root, shop)
    assert (after.on_disk, after.files, after.byte_size) == ((), 0, 0)


def test_it_refuses_any_upload_above_a_lowered_limit(owner: Visitor, shop: AShop) -> None:
    occupy(shop, 2_500_000)
    an_override(shop.owner, CODE, 2)  # the third megabyte is begun: one more picture would fit it
    assert send(owner, a_picture()).json()["error_code"] == "feature_limit_reached"


def test_it_gives_back_what_a_deletion_frees(owner: Visitor, shop: AShop) -> None:
    media_id = a_media_file(shop)
    assert counter_of(shop.owner, CODE) == true_count_of(shop.owner, CODE) == 1
    assert owner.delete(f"{URL}/{media_id}").status_code == 204
    assert counter_of(shop.owner, CODE) == true_count_of(shop.owner, CODE) == 0


def test_it_never_admits_more_than_fits_to_several_at_once(shop: AShop) -> None:
    an_override(shop.owner, CODE, 3)
    barrier, refused = Barrier(6), list[AppError]()

    def take() -> None:
        barrier.wait()
        try:
            occupy(shop, 600_000)
        except AppError as error:
            refused.append(error)

    threads = [Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [error.code for error in refused] == ["feature_limit_reached"]
    assert counter_of(shop.owner, CODE) == 3


def test_it_refuses_a_plan_without_a_library(owner: Visitor, shop: AShop) -> None:
    an_override(shop.owner, storage_limit.MEDIA_LIBRARY, None, is_enabled=False)
    answer = send(owner, a_picture())
    assert (answer.status_code, answer.json()["error_code"]) == (403, "feature_not_available")
