"""Files go and come back with their store."""

import pytest

from app.contracts.hooks import store_deleted_hooks, store_restored_hooks
from app.kit.db import unit_of_work
from app.kit.errors import AppError
from tests.factories.billing import an_override
from tests.factories.catalog import store_of
from tests.factories.media import a_media_file
from tests.factories.tenancy import AShop
from tests.factories.usage import counter_of, true_count_of
from tests.integration.browser import Visitor
from tests.integration.media.stored import URL

CODE = "max_storage_mb"


def delete_store(shop: AShop) -> None:
    with unit_of_work() as work:
        for hook in store_deleted_hooks():
            hook.store_deleted(work, store_of(shop))


def restore_store(shop: AShop) -> None:
    with unit_of_work() as work:
        for hook in store_restored_hooks():
            hook.store_restored(work, store_of(shop))


def test_it_gives_the_space_back_and_takes_it_again(owner: Visitor, shop: AShop) -> None:
    media_id = a_media_file(shop, folder="Kept")
    figures = owner.get(f"{URL}/stats").json()
    delete_store(shop)
    assert counter_of(shop.owner, CODE) == true_count_of(shop.owner, CODE) == 0
    assert owner.get(f"{URL}/stats").json()["files"] == 0
    restore_store(shop)
    assert counter_of(shop.owner, CODE) == true_count_of(shop.owner, CODE) == 1
    assert owner.get(f"{URL}/stats").json() == figures
    assert owner.get(f"{URL}/{media_id}").status_code == 200


def test_it_refuses_to_come_back_beyond_the_limit(shop: AShop) -> None:
    a_media_file(shop)
    delete_store(shop)
    an_override(shop.owner, CODE, 0)
    with pytest.raises(AppError) as refused:
        restore_store(shop)
    assert refused.value.code == "feature_limit_reached"
    assert true_count_of(shop.owner, CODE) == 0
