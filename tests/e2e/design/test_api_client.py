"""The API as scripts call it: tokens, errors, sign-in, headers."""

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

pytestmark = pytest.mark.browser

THINGS = re.compile(r"/api/v1/things\b")
CALL = """
async ([method, options]) => {
  const { request } = await import("/static/core/js/api.js");
  try {
    return await request(method, "/api/v1/things", options);
  } catch ({ message, status, code, errors }) {
    return { message, status, code, errors };
  }
}
"""


def test_fetches_a_new_token_once_and_repeats(design: Page) -> None:
    tokens: list[str | None] = []

    def answer(route: Route) -> None:
        tokens.append(route.request.headers.get("x-csrf-token"))
        if tokens[-1] == "fresh":
            route.fulfill(json={"id": 7})
        else:
            route.fulfill(status=403, json={"error_code": "csrf_invalid"})

    design.route(THINGS, answer)
    assert design.evaluate(CALL, ["POST", {"body": {}}])["data"] == {"id": 7}
    assert tokens == ["stale", "fresh"]


def test_does_not_repeat_what_is_forbidden_for_another_reason(design: Page) -> None:
    requests: list[Request] = []

    def refuse(route: Route) -> None:
        requests.append(route.request)
        route.fulfill(status=403, json={"error_code": "forbidden", "detail": "Not for you."})

    design.route(THINGS, refuse)
    answer = design.evaluate(CALL, ["DELETE", {}])
    assert answer == {"message": "Not for you.", "status": 403, "code": "forbidden", "errors": {}}
    assert len(requests) == 1


def test_names_the_fields_of_a_refusal(design: Page) -> None:
    problem = {
        "detail": "Wrong.",
        "error_code": "invalid_input",
        "errors": [
            {"pointer": "/limits/0/value", "detail": "Too low."},
            {"pointer": "/limits/0/value", "detail": "Not even."},
        ],
    }
    design.route(THINGS, lambda route: route.fulfill(status=422, json=problem))
    answer = design.evaluate(CALL, ["PUT", {"body": {}}])
    assert answer["errors"] == {"limits.0.value": "Too low."}


def test_sends_language_store_and_conditions(design: Page) -> None:
    with design.expect_request(THINGS) as request:
        design.evaluate(CALL, ["PATCH", {"body": {"a": 1}, "etag": '"3"', "idempotencyKey": "k"}])
    headers = request.value.headers
    wanted = {
        "accept-language": "en",
        "x-store-code": "moselwein",
        "if-match": '"3"',
        "idempotency-key": "k",
        "content-type": "application/json",
    }
    assert {name: headers[name] for name in wanted} == wanted


def test_leads_to_sign_in_and_back_when_the_session_has_ended(design: Page) -> None:
    design.route(THINGS, lambda route: route.fulfill(status=401, json={}))
    design.route("**/login*", lambda route: route.fulfill(body="sign in"))
    design.evaluate(f"({CALL})(['GET', {{}}]).catch(() => {{}}), null")
    design.wait_for_url("**/login?next=%2Fdesign")
    expect(design.locator("body")).to_have_text("sign in")
