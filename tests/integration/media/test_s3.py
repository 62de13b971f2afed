"""A bucket instead of a folder, at a local service that speaks S3; SQLite alone, since it is
storage that differs."""

from collections.abc import Iterator
from datetime import timedelta

import boto3  # type: ignore[import-untyped]
import pytest
from moto.server import ThreadedMotoServer

from app.kit.db import Database
from app.kit.errors import AppError
from app.modules.media.gateways.objects import MediaStorage
from app.modules.media.gateways.storage import media_storage
from app.modules.media.services.verify_storage import verify_storage
from tests.factories.media import a_media_file, original_key
from tests.factories.pictures import a_document, a_photo, opened
from tests.factories.tenancy import AShop
from tests.integration.browser import Visitor
from tests.integration.media.conftest import forget_storage
from tests.integration.media.stored import URL, send

BUCKET = "media-of-stores"
KEY = "ab" * 20 + ".webp"
NOW = timedelta(0)
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A service on a free port of this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(
    endpoint: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MediaStorage]:
    """An empty bucket that the product keeps its files in."""
    access = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    for name, value in access.items():
        monkeypatch.setenv(name, value)
    resource = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1")
    made = resource.create_bucket(Bucket=BUCKET)
    monkeypatch.setenv("MEDIA_S3_BUCKET", BUCKET)
    monkeypatch.setenv("MEDIA_S3_ENDPOINT", endpoint)
    monkeypatch.setenv("MEDIA_S3_REGION", "us-east-1")
    forget_storage()
    yield media_storage()
    made.objects.delete()
    made.delete()


def test_it_keeps_finds_lists_and_forgets_objects(bucket: MediaStorage) -> None:
    assert (bucket.size_of(KEY), bucket.find_copy(KEY)) == (None, None)
    bucket.put(KEY, b"content")
    copy = bucket.find_copy(KEY)
    assert copy is not None
    assert (copy.path.read_bytes(), copy.is_temporary) == (b"content", True)
    copy.path.unlink()
    assert [(one.key, one.byte_size) for one in bucket.objects()] == [(KEY, 7)]
    bucket.delete([KEY, "cd" * 20 + ".pdf"])
    assert list(bucket.objects()) == []


def test_it_serves_uploads_whole_and_in_parts(
    bucket: MediaStorage, owner: Visitor, shop: AShop
) -> None:
    photo = send(owner, a_photo(1000, 800), "photo.jpg").json()
    assert opened(owner.get(photo["url"]).content).size == (1000, 800)
    assert sum(one.byte_size for one in bucket.objects()) == photo["byte_size"]
    terms = send(owner, a_document(), "terms.pdf").json()
    part = owner.get(terms["url"], headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, a_document()[5:10])
    assert owner.get("/media/" + "0" * 40 + ".webp").status_code == 404


def test_it_deletes_and_verifies(bucket: MediaStorage, owner: Visitor, shop: AShop) -> None:
    gone, kept = a_media_file(shop), a_media_file(shop)
    assert owner.delete(f"{URL}/{gone}").status_code == 204
    assert [one.key for one in bucket.objects()] == [original_key(kept)]
    bucket.put(KEY, b"left behind")
    assert verify_storage(repair=True, older_than=NOW).orphans == [KEY]
    assert verify_storage(repair=False, older_than=NOW).is_clean


def test_it_tells_of_a_service_that_refuses(
    bucket: MediaStorage, owner: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIA_S3_BUCKET", "no-such-bucket")
    forget_storage()
    with pytest.raises(AppError) as refused:
        list(media_storage().objects())
    assert refused.value.code == "media_storage_unavailable"
    answer = send(owner, a_document(), "terms.pdf")
    assert (answer.status_code, answer.json()["error_code"]) == (503, "media_storage_unavailable")
    assert owner.get(URL).json()["total"] == 0
