"""Deleting files: refused while something shows them, or forced with every reference (D38)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.contracts.media import MediaUsage, media_usage_providers
from app.kit.db import unit_of_work
from app.modules.catalog.models import ProductImage
from app.modules.media.exceptions import MediaStorageUnavailable
from app.modules.media.gateways.local_folder import LocalFolder
from app.modules.media.services.verify_storage import find_orphans
from tests.factories.media import a_media_file, original_key
from tests.factories.tenancy import AShop
from tests.integration.browser import Visitor
from tests.integration.media.stored import URL, Stored, stored

PRODUCTS = "/api/v1/store/products"


class BrokenProvider:
    """A module that cannot say who uses a file."""

    def get_media_usage(self, db: Session, media_id: int) -> Sequence[MediaUsage]:
        """Break the transaction as a failing query does."""
        db.execute(text("SELECT * FROM nowhere"))
        return []

    def clear_media_usage(self, db: Session, media_id: int) -> int:
        """Break it likewise."""
        db.execute(text("DELETE FROM nowhere"))
        return 0


def a_product_with(owner: Visitor, *media_ids: int) -> Any:
    """Add a product that shows pictures."""
    body = {"name": "Riesling", "sku": "wine", "price_cents": 900, "image_media_ids": media_ids}
    answer = owner.post(PRODUCTS, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_it_deletes_an_unused_file_with_all_its_objects(
    owner: Visitor, shop: AShop, media_root: Path
) -> None:
    media_id = a_media_file(shop)
    assert owner.delete(f"{URL}/{media_id}").status_code == 204
    assert stored(media_root, shop) == Stored((), 0, 0, 0, 0)
    assert owner.get(f"{URL}/{media_id}").status_code == 404


def test_it_refuses_while_products_show_the_file_and_says_which(
    owner: Visitor, shop: AShop, media_root: Path
) -> None:
    main, further = a_media_file(shop), a_media_file(shop)
    product = a_product_with(owner, main, further)
    before = stored(media_root, shop)
    answer = owner.delete(f"{URL}/{further}")
    assert (answer.status_code, answer.json()["error_code"]) == (409, "media_in_use")
    use = {
        "entity_type": "product",
        "entity_id": product["id"],
        "entity_name": "Riesling",
        "usage_type": "gallery",
    }
    assert answer.json()["params"] == {"uses": [use], "is_complete": True}
    assert owner.get(f"{URL}/{main}/usage").json()["uses"][0]["usage_type"] == "main_image"
    assert stored(media_root, shop) == before


def test_it_takes_a_forced_file_out_of_every_product_and_logo(
    owner: Visitor, shop: AShop, media_root: Path
) -> None:
    main, further = a_media_file(shop), a_media_file(shop)
    product = a_product_with(owner, main, further)
    owner.put(f"{URL}/logo", {"media_id": main})
    assert owner.delete(f"{URL}/{main}?force=true").status_code == 204
    left = owner.get(f"{PRODUCTS}/{product['id']}").json()
    assert (left["image_media_ids"], left["version"]) == ([further], product["version"] + 1)
    assert owner.get(f"{URL}/{further}/usage").json()["uses"][0]["usage_type"] == "main_image"
    assert stored(media_root, shop).files == 1


def test_it_lets_a_file_go_that_only_a_deleted_product_shows(owner: Visitor, shop: AShop) -> None:
    media_id = a_media_file(shop)
    product = a_product_with(owner, media_id)
    owner.delete(f"{PRODUCTS}/{product['id']}")
    assert owner.delete(f"{URL}/{media_id}").status_code == 204
    restored = owner.post(f"{PRODUCTS}/{product['id']}/restore").json()
    assert (restored["image_media_ids"], restored["images"]) == ([], [])


def test_it_refuses_while_a_module_cannot_say_and_obeys_force(
    owner: Visitor, shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = a_media_file(shop)
    product = a_product_with(owner, media_id)
    providers = [BrokenProvider(), *media_usage_providers()]
    monkeypatch.setattr(media_usage_providers, "_implementation", providers)
    uses = owner.get(f"{URL}/{media_id}/usage").json()
    assert (len(uses["uses"]), uses["is_complete"]) == (1, False)
    assert owner.delete(f"{URL}/{media_id}").json()["params"]["is_complete"] is False
    assert owner.delete(f"{URL}/{media_id}?force=true").status_code == 204
    assert owner.get(f"{PRODUCTS}/{product['id']}").json()["image_media_ids"] == []


def test_it_deletes_the_rows_when_storage_is_away_and_leaves_the_rest_to_the_sweep(
    owner: Visitor, shop: AShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = a_media_file(shop)
    key = original_key(media_id)

    def away(_self: LocalFolder, _keys: Iterable[str]) -> None:
        raise MediaStorageUnavailable

    monkeypatch.setattr(LocalFolder, "delete", away)
    assert owner.delete(f"{URL}/{media_id}").status_code == 204
    assert find_orphans(timedelta(0)) == [key]


def test_it_keeps_the_objects_when_the_deletion_fails(
    owner: Visitor, shop: AShop, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = a_media_file(shop)
    before = stored(media_root, shop)

    def crash(*_args: object, **_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.modules.media.services.delete_file.add_amount", crash)
    assert owner.delete(f"{URL}/{media_id}").status_code == 500
    assert stored(media_root, shop) == before
    with unit_of_work(read_only=True) as work:
        assert work.session.query(ProductImage).count() == 0
