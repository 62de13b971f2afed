"""Every error is a problem document, in the reader's language, and says nothing internal."""

import re

import pytest

from tests.factories.tenancy import a_super_admin
from tests.integration.browser import Visitor
from tests.integration.conventions.trial_routes import SECRET

MEMBERS = {"type", "title", "status", "detail", "error_code", "params", "request_id"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/trial/missing", 404, "not_found"),
        ("GET", "/api/v1/trial/crash", 500, "internal_error"),
        ("GET", "/api/v1/nowhere", 404, "not_found"),
        ("DELETE", "/api/v1/trial/missing", 405, "method_not_allowed"),
        ("GET", "/api/v1/trial/list?size=0", 422, "invalid_input"),
        ("GET", "/api/v1/trial/list?size=many", 422, "invalid_input"),
        ("GET", "/api/v1/trial/list?limit=201", 422, "invalid_input"),
        ("GET", "/api/v1/trial/missing?lang=xx", 400, "unknown_language"),
        ("GET", "/static/../app/main.py", 404, "not_found"),
        ("GET", "/static/nothing.js", 404, "not_found"),
        ("GET", "/api/v1/auth/me", 401, "not_signed_in"),
    ],
)
def test_it_answers_every_error_as_a_problem(
    trial: Visitor, method: str, path: str, status: int, code: str
) -> None:
    answer = trial._send(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) >= MEMBERS
    assert (problem["status"], problem["error_code"]) == (status, code)
    assert problem["type"] == f"urn:tierline:error:{code}"
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert not problem["detail"].startswith("errors.")
    assert not problem["title"].startswith("errors.")


def test_it_answers_a_crash_without_anything_internal(trial: Visitor) -> None:
    for path in ("/api/v1/trial/crash", "/trial/crash"):
        answer = trial.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 500
        for word in (SECRET, "hunter2", "RuntimeError", "Traceback", "trial_routes"):
            assert word not in answer.text


@pytest.mark.parametrize("path", ["/trial/crash", "/trial/missing", "/nowhere"])
def test_it_shows_people_a_page_with_the_requests_id(trial: Visitor, path: str) -> None:
    answer = trial.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-request-id"] in answer.text
    assert "<h1" in answer.text


def test_it_points_at_each_wrong_value(trial: Visitor) -> None:
    answer = trial.post("/api/v1/auth/login", {"email": 7})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/email", "/password"]
    assert all(one["detail"] for one in answer.json()["errors"])


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b"null", b'{"email": "\\ud800"}'])
def test_it_refuses_a_body_that_is_no_object(trial: Visitor, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = trial._send("POST", "/api/v1/auth/login", content=body, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("cursor", ["x", "e30", "A" * 2000, "%00", "é"])
def test_it_refuses_a_cursor_that_it_never_gave(trial: Visitor, cursor: str) -> None:
    trial.sign_in(a_super_admin())
    answer = trial.get("/api/v1/admin/merchants", params={"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_cursor"


@pytest.mark.parametrize(
    ("lang", "accept", "language"),
    [
        ("fr", "de", "fr"),
        (None, "lb-LU,fr;q=0.8", "lb"),
        (None, "it, de;q=0.5, fr;q=0.7", "fr"),
        (None, "tlh", "en"),
        (None, ";;q=,", "en"),
    ],
)
def test_it_answers_in_the_language_asked_for(
    trial: Visitor, lang: str | None, accept: str, language: str
) -> None:
    answer = trial.get(
        "/api/v1/trial/missing",
        params={"lang": lang} if lang else {},
        headers={"Accept-Language": accept},
    )
    assert answer.headers["content-language"] == language


def test_it_says_the_same_in_four_languages(trial: Visitor) -> None:
    details = {
        lang: trial.get("/api/v1/trial/missing", params={"lang": lang}).json()["detail"]
        for lang in ("de", "en", "fr", "lb")
    }
    assert len(set(details.values())) == 4


@pytest.mark.parametrize("given", ["short", "a b c d e f g h", "x" * 65, 'quote"quote"'])
def test_it_makes_an_id_where_the_given_one_cannot_be_trusted(trial: Visitor, given: str) -> None:
    answer = trial.get("/healthz", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


def test_it_keeps_a_plain_request_id(trial: Visitor) -> None:
    answer = trial.get("/healthz", headers={"X-Request-ID": "abc-123_XYZ.9"})
    assert answer.headers["x-request-id"] == "abc-123_XYZ.9"
