"""The character NUL in addresses and bodies is refused everywhere, on both databases alike."""

import pytest

from app.kit.db import Database
from tests.factories.tenancy import a_super_admin
from tests.integration.browser import Visitor

NUL_IN_JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/admin/users?search=%00",
        "/api/v1/admin/users?search=a%00b&limit=5",
        "/api/v1/public/platforms/%00/tiers",
        "/api/v1/store/products?store=%00",
        "/static/%00.js",
        "/nowhere%00",
    ],
)
def test_it_refuses_nul_in_an_address(client: Visitor, path: str) -> None:
    client.sign_in(a_super_admin())
    refused = client.get(path)
    assert (refused.status_code, refused.json()["error_code"]) == (400, "nul_character")
    assert refused.headers["content-type"] == "application/problem+json"


def test_it_shows_a_page_to_people(client: Visitor) -> None:
    client.sign_in(a_super_admin())
    refused = client.get("/admin/users?search=%00", headers={"Accept": "text/html"})
    assert refused.status_code == 400
    assert "cannot be stored" in refused.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_it_refuses_nul_in_a_body(client: Visitor, database: Database, encoding: str) -> None:
    body = r'{"email": "a@example.test", "password": "\u0000"}'.encode(encoding)
    refused = client.post("/api/v1/auth/login", content=body, headers=NUL_IN_JSON)
    assert (refused.status_code, refused.json()["error_code"]) == (400, "nul_character")


def test_it_lets_the_words_for_nul_pass(client: Visitor, database: Database) -> None:
    body = rb'{"email": "a@example.test", "password": "\\u0000"}'
    refused = client.post("/api/v1/auth/login", content=body, headers=NUL_IN_JSON)
    assert refused.json()["error_code"] == "wrong_credentials"
