"""Files sent over HTTP: kept once, with smaller pictures, or refused without a trace."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.modules.media.gateways.local_folder import LocalFolder
from app.modules.media.services.upload_file import UploadDraft, upload_file
from app.modules.media.settings import media_settings
from tests.factories.billing import a_subscription
from tests.factories.catalog import store_of
from tests.factories.media import a_media_file
from tests.factories.pictures import a_document, a_moving_picture, a_photo, a_picture, opened
from tests.factories.tenancy import AShop, a_member, a_shop
from tests.integration.browser import Visitor
from tests.integration.media.conftest import forget_storage
from tests.integration.media.stored import URL, Stored, send, stored

NOTHING = Stored((), 0, 0, 0, 0)


def test_it_keeps_a_photo_as_webp_in_three_sizes(
    owner: Visitor, shop: AShop, media_root: Path
) -> None:
    answer = send(owner, a_photo(4000, 3000), "Café au lait.jpg", folder="Drinks")
    assert answer.status_code == 201
    file = answer.json()
    assert (file["name"], file["folder"], file["kind"]) == ("Café au lait.jpg", "Drinks", "image")
    assert (file["width"], file["height"]) == (2000, 1500)
    sizes = [part.split(" ") for part in file["srcset"].split(", ")]
    assert [width for _url, width in sizes] == ["200w", "800w", "2000w"]
    assert sizes[0][0] == file["thumbnail_url"]
    pictures = [opened(owner.get(url).content) for url, _width in sizes]
    assert [picture.size for picture in pictures] == [(200, 150), (800, 600), (2000, 1500)]
    assert {picture.format for picture in pictures} == {"WEBP"}
    after = stored(media_root, shop)
    assert (after.files, after.objects, after.counter) == (1, 3, 1)
    assert (
        after.byte_size
        == file["byte_size"]
        == sum(path.stat().st_size for path in media_root.rglob("*.webp"))
    )
    assert owner.get(f"{URL}/{file['id']}").json() == file


def test_it_answers_the_same_bytes_with_the_file_that_there_is(
    owner: Visitor, shop: AShop, media_root: Path
) -> None:
    first = send(owner, a_picture())
    before = stored(media_root, shop)
    again = send(owner, a_picture(), "another name.png")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert stored(media_root, shop) == before


def test_it_keeps_the_same_bytes_apart_in_another_store(owner: Visitor, shop: AShop) -> None:
    other = a_shop(shop.platform_id)
    a_subscription(other.owner, "essential")
    mine = send(owner, a_picture()).json()
    assert a_media_file(other, content=a_picture()) != mine["id"]


def test_it_keeps_a_moving_gif_with_a_still(owner: Visitor) -> None:
    file = send(owner, a_moving_picture(), "moves.gif").json()
    assert (file["kind"], file["srcset"]) == ("animation", "")
    assert opened(owner.get(file["url"]).content).n_frames == 3  # type: ignore[attr-defined]
    assert opened(owner.get(file["thumbnail_url"]).content).size == (200, 133)


def test_it_keeps_a_document_without_a_picture(owner: Visitor) -> None:
    file = send(owner, a_document(), "terms.pdf").json()
    assert (file["kind"], file["thumbnail_url"], file["width"]) == ("document", None, None)
    answer = owner.get(file["url"])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content == a_document()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ((b"", "empty.png"), "media_type_unsupported"),
        ((b"<svg onload='alert(1)'/>", "a.svg"), "media_type_unsupported"),
        ((a_picture(), "picture.jpg"), "media_type_mismatch"),
        ((a_picture(), "../../etc/passwd.png"), "media_name_invalid"),
        ((a_picture()[:-30], "cut.png"), "media_unreadable"),
        ((a_picture() + b"<script>alert(1)</script>", "page.png"), "media_hides_other"),
        ((a_moving_picture("WEBP"), "moves.webp"), "media_moves_unsupported"),
    ],
    ids=lambda given: given if isinstance(given, str) else given[1],
)
def test_it_refuses_what_is_wrong_and_leaves_nothing_behind(
    owner: Visitor, shop: AShop, media_root: Path, sent: tuple[bytes, str], code: str
) -> None:
    answer = send(owner, *sent)
    assert (answer.status_code, answer.json()["error_code"]) == (400, code)
    assert stored(media_root, shop) == NOTHING


def test_it_refuses_a_file_over_the_size_whether_its_length_is_told_or_not(
    owner: Visitor, shop: AShop, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIA_MAX_MB", "1")
    forget_storage()
    assert media_settings().max_bytes == 1_000_000
    large = a_picture() + bytes(1_000_000)
    told = send(owner, large)
    assert (told.status_code, told.json()["error_code"]) == (400, "media_too_large")
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'

    def pieces() -> object:
        yield head
        for _ in range(40):
            yield bytes(50_000)

    untold = owner.post(
        URL, content=pieces(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert (untold.status_code, untold.json()["error_code"]) == (400, "media_too_large")
    assert stored(media_root, shop) == NOTHING


def test_it_refuses_a_form_without_a_file(owner: Visitor) -> None:
    assert owner.post(URL, {"file": "x"}).json()["error_code"] == "media_not_sent"
    answer = owner.post(URL, files={"other": ("a.png", a_picture())})
    assert answer.json()["error_code"] == "media_not_sent"


def test_it_refuses_a_folder_that_cannot_be_shown(owner: Visitor, media_root: Path) -> None:
    answer = send(owner, a_picture(), folder="a\x07b")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/folder"
    assert not media_root.exists()


def test_it_leaves_nothing_behind_when_storage_fails_halfway(
    owner: Visitor, shop: AShop, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LocalFolder.put
    wanted = iter([True, False])

    def full_disk(self: LocalFolder, key: str, content: bytes) -> None:
        if not next(wanted):
            monkeypatch.setattr("os.fsync", _no_space)
        real(self, key, content)

    monkeypatch.setattr(LocalFolder, "put", full_disk)
    answer = send(owner, a_photo(1200, 900), "photo.jpg")
    assert (answer.status_code, answer.json()["error_code"]) == (503, "media_storage_unavailable")
    assert stored(media_root, shop) == NOTHING


def test_it_leaves_nothing_behind_when_the_rows_cannot_be_written(
    owner: Visitor, shop: AShop, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object, **_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.modules.media.services.upload_file.add_amount", crash)
    assert send(owner, a_picture()).status_code == 500
    assert stored(media_root, shop) == NOTHING


def test_it_keeps_the_same_bytes_once_of_several_uploads_at_once(
    shop: AShop, media_root: Path
) -> None:
    draft = UploadDraft("photo.jpg", "", a_photo(1200, 900))
    with ThreadPoolExecutor(4) as threads:
        several = [threads.submit(upload_file, store_of(shop), draft) for _ in range(4)]
    answers = [one.result() for one in several]
    assert len({one.media_id for one in answers}) == 1
    assert [one.is_new for one in answers].count(True) == 1
    after = stored(media_root, shop)
    assert (after.files, after.objects, len(after.on_disk), after.counter) == (1, 3, 3, 1)


def test_it_lets_staff_look_but_not_upload(client: Visitor, shop: AShop) -> None:
    a_media_file(shop)
    client.sign_in(a_member(shop))
    assert client.get(URL).json()["total"] == 1
    assert send(client, a_picture()).status_code == 403


def _no_space(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")
