"""The files themselves: kept for ever by browsers, in parts where asked, and nothing else."""

import pytest

from tests.factories.pictures import a_document
from tests.factories.tenancy import AShop
from tests.integration.browser import Visitor
from tests.integration.media.stored import send


@pytest.fixture
def address(owner: Visitor, shop: AShop) -> str:
    """Where a document lies."""
    return str(send(owner, a_document(), "terms.pdf").json()["url"])


def test_it_is_open_to_whoever_knows_the_address_and_kept_for_ever(
    client: Visitor, address: str
) -> None:
    client.client.cookies.clear()
    answer = client.get(address)
    assert answer.content == a_document()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["etag"] == f'"{address.removeprefix("/media/")}"'


def test_it_answers_that_nothing_changed(client: Visitor, address: str) -> None:
    etag = client.get(address).headers["etag"]
    answer = client.get(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == etag


def test_it_answers_a_part(client: Visitor, address: str) -> None:
    answer = client.get(address, headers={"Range": "bytes=5-9"})
    assert (answer.status_code, answer.content) == (206, a_document()[5:10])
    assert answer.headers["content-range"] == f"bytes 5-9/{len(a_document())}"
    assert client.get(address, headers={"Range": "bytes=9999-"}).status_code == 416


@pytest.mark.parametrize(
    "key", ["", "..%2f..%2fetc%2fpasswd", "0" * 40 + ".webp", "0" * 40, "ab", "ab/cd"]
)
def test_it_has_nothing_to_list_and_no_way_out(client: Visitor, address: str, key: str) -> None:
    assert client.get(f"/media/{key}").status_code == 404
