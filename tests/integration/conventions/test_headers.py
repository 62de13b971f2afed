"""What every answer carries, and what no answer does (OWASP ASVS level 2)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.bootstrap import System
from app.kit.db import Database, unit_of_work
from app.kit.http.authentication import configure_gatekeeper, gatekeeper
from app.kit.settings import Settings
from app.modules.tenancy.models import UserSession
from tests.factories.tenancy import a_shop, a_super_admin
from tests.integration.browser import PASSWORD, Visitor

EVERY_KIND = ["/healthz", "/login", "/api/v1/auth/me", "/nowhere", "/api/v1/trial/crash"]


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_is_guarded(trial: Visitor, path: str) -> None:
    headers = trial.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers
    assert "server" not in headers


def test_static_files_are_cached_for_good_under_their_version_alone(trial: Visitor) -> None:
    plain = trial.get("/static/core/js/app.js")
    versioned = trial.get("/static/core/js/app.js?v=0")
    assert plain.headers["cache-control"] == "no-cache"
    assert versioned.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path",
    [
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/core/../../module.py",
        "/static/core/%2e%2e/module.py",
        "/static/core/..%2fmodule.py",
        "/static//etc/passwd",
        "/static/core/",
        "/static/core/js",
    ],
)
def test_nothing_outside_of_the_static_folders_is_served(trial: Visitor, path: str) -> None:
    assert trial.get(path).status_code == 404


@pytest.fixture
def https(system: System, database: Database) -> Iterator[Visitor]:
    """A browser at an instance whose public address is https."""
    before = gatekeeper()
    settings = replace_settings(system, base_url="https://shop.example")
    app: FastAPI = replace(system, settings=settings).web_app()
    configure_gatekeeper(replace(before, settings=settings))
    yield Visitor(TestClient(app, base_url="https://shop.example", raise_server_exceptions=False))
    configure_gatekeeper(before)


def replace_settings(system: System, **changed: object) -> Settings:
    return system.settings.model_copy(update=changed)


def test_https_is_demanded_and_cookies_are_bound_to_it(https: Visitor) -> None:
    answer = https.post("/api/v1/auth/login", {"email": a_super_admin(), "password": PASSWORD})
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize("origin", ["http://shop.example", "https://shop.example.evil", "null"])
def test_a_foreign_origin_is_refused(https: Visitor, origin: str) -> None:
    body = {"email": a_super_admin(), "password": PASSWORD}
    answer = https.post("/api/v1/auth/login", body, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["error_code"]) == (403, "foreign_origin")
    with unit_of_work(read_only=True) as work:
        assert work.session.query(UserSession).count() == 0


@pytest.mark.parametrize(
    "there",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/%0a/evil.example\n",
    ],
)
def test_no_address_leads_to_another_site(client: Visitor, there: str) -> None:
    signed_out = client.get("/login", params={"next": there}, headers={"Accept": "text/html"})
    assert signed_out.status_code == 200
    client.sign_in(a_super_admin())
    assert client.get("/login", params={"next": there}).headers["location"] == "/"


def test_who_must_sign_in_comes_back_to_the_page_asked_for(client: Visitor) -> None:
    answer = client.get("/admin?lang=de", headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fadmin%3Flang%3Dde"


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
def test_a_missing_or_wrong_csrf_token_is_refused(client: Visitor, token: str | None) -> None:
    client.sign_in(a_super_admin())
    client.csrf_token = None
    headers = {} if token is None else {"X-CSRF-Token": token.encode("latin-1")}
    answer = client.patch("/api/v1/auth/me", {"display_name": "x"}, headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (403, "csrf_invalid")


def test_a_csrf_token_of_the_session_before_is_stale(client: Visitor) -> None:
    shop = a_shop()
    stale = client.sign_in(shop.owner_email).csrf_token
    client.client.cookies.clear()
    client.sign_in(shop.owner_email)
    assert client.csrf_token != stale
    answer = client.patch(
        "/api/v1/auth/me", {"display_name": "x"}, headers={"X-CSRF-Token": stale or ""}
    )
    assert (answer.status_code, answer.json()["error_code"]) == (403, "csrf_invalid")
    assert client.patch("/api/v1/auth/me", {"display_name": "x"}).status_code == 200
