"""The library over HTTP: found, named, moved, counted; another tenant's hidden."""

from collections.abc import Callable
from pathlib import Path

from tests.factories.billing import a_subscription
from tests.factories.media import a_media_file
from tests.factories.pictures import a_document, a_photo, a_picture
from tests.factories.tenancy import AShop, a_member, a_platform_admin, a_shop
from tests.integration.browser import Visitor
from tests.integration.media.stored import URL, send
from tests.integration.queries import counted_queries

ADMIN = "/api/v1/admin/media"


def test_it_finds_files_by_name_folder_and_type(owner: Visitor, shop: AShop) -> None:
    wine = a_media_file(shop, "Wine.png", folder="Drinks")
    water = a_media_file(shop, "water.png", folder="Drinks")
    terms = a_media_file(shop, "terms.pdf", content=a_document())
    for query, found in [
        ("", [terms, water, wine]),
        ("?search=w", [water, wine]),
        ("?folder=", [terms]),
        ("?folder=Drinks&sort=name", [wine, water]),
        ("?type=document", [terms]),
    ]:
        assert [one["id"] for one in owner.get(f"{URL}{query}").json()["items"]] == found, query
    assert owner.get(f"{URL}?type=video").status_code == 422


def test_it_renames_and_moves_a_file_in_step_with_the_figures(owner: Visitor, shop: AShop) -> None:
    file = send(owner, a_photo(900, 600), "a.jpg", folder="Old").json()
    moved = owner.patch(f"{URL}/{file['id']}", {"name": "b.jpg", "folder": "New"}).json()
    assert (moved["name"], moved["folder"], moved["url"]) == ("b.jpg", "New", file["url"])
    figures = owner.get(f"{URL}/stats").json()
    assert figures["by_folder"] == [
        {"name": "New", "files": 1, "objects": 3, "byte_size": file["byte_size"]}
    ]
    assert figures["by_kind"] == [
        {"name": "image", "files": 1, "objects": 3, "byte_size": file["byte_size"]}
    ]
    assert (figures["files"], figures["objects"]) == (1, 3)


def test_it_hides_the_files_of_another_tenant(owner: Visitor, shop: AShop) -> None:
    other = a_shop(shop.platform_id)
    a_subscription(other.owner, "essential")
    foreign = f"{URL}/{a_media_file(other)}"
    assert owner.get(foreign).status_code == 404
    assert owner.get(f"{foreign}/usage").status_code == 404
    assert owner.patch(foreign, {"name": "x.png"}).status_code == 404
    assert owner.delete(f"{foreign}?force=true").status_code == 404
    assert owner.get(URL).json()["total"] == 0


def test_it_asks_as_many_queries_for_many_files_as_for_one(owner: Visitor, shop: AShop) -> None:
    a_media_file(shop)
    owner.get(URL)
    with counted_queries() as for_one:
        owner.get(URL)
    for _ in range(5):
        a_media_file(shop)
    with counted_queries() as for_many:
        assert len(owner.get(URL).json()["items"]) == 6
    assert len(for_many) == len(for_one)


def test_it_shows_admins_the_storage_of_their_platforms(
    client: Visitor, shop: AShop, media_root: Path
) -> None:
    elsewhere = a_shop()
    a_media_file(shop, content=a_picture(10, 10))
    size = sum(path.stat().st_size for path in media_root.rglob("*.webp"))
    client.sign_in(a_platform_admin(shop.platform_id))
    stores = client.get(f"{ADMIN}/stores").json()
    assert [(one["id"], one["files"], one["byte_size"]) for one in stores["items"]] == [
        (shop.store_id, 1, size)
    ]
    whole = client.get(f"{ADMIN}/stats").json()
    assert (whole["files"], whole["byte_size"]) == (1, size)
    assert client.get(f"{ADMIN}/stores/{shop.store_id}").json()["byte_size"] == size
    assert client.get(f"{ADMIN}/stores/{elsewhere.store_id}").status_code == 404


def test_it_makes_a_picture_the_stores_logo(owner: Visitor, shop: AShop) -> None:
    media_id = a_media_file(shop)
    assert owner.put(f"{URL}/logo", {"media_id": media_id}).status_code == 204
    assert owner.get(f"{URL}/{media_id}/usage").json() == {
        "uses": [
            {
                "entity_type": "store",
                "entity_id": shop.store_id,
                "entity_name": shop.store_code.title(),
                "usage_type": "logo",
            }
        ],
        "is_complete": True,
    }
    assert owner.put(f"{URL}/logo", {"media_id": None}).status_code == 204
    assert owner.get(f"{URL}/{media_id}/usage").json()["uses"] == []


def test_it_refuses_a_logo_that_is_no_picture_of_the_store(owner: Visitor, shop: AShop) -> None:
    document = a_media_file(shop, "terms.pdf", content=a_document())
    for media_id in (document, 4_711):
        answer = owner.put(f"{URL}/logo", {"media_id": media_id})
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/media_id"]


def test_it_renders_the_library_with_uploads_for_those_who_may(
    visitor: Callable[[], Visitor], shop: AShop
) -> None:
    page = f"/store/{shop.store_code}/media"
    assert 'x-data="mediaUpload"' in visitor().sign_in(shop.owner_email).get(page).text
    staffs = visitor().sign_in(a_member(shop)).get(page)
    assert staffs.status_code == 200
    assert 'x-data="mediaUpload"' not in staffs.text


def test_it_renders_storage_for_admins(client: Visitor, shop: AShop) -> None:
    client.sign_in(a_platform_admin(shop.platform_id))
    assert 'x-data="mediaStores"' in client.get("/admin/media").text
