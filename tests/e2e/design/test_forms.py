"""Forms keep what was typed, say what was wrong, and are sent once."""

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

ENDPOINT = "**/static/core/design/filled.json*"


@pytest.fixture
def form(design: Page) -> Page:
    """The design page with its first form filled in."""
    design.locator("#name").fill("Buttek um Eck")
    return design


def save(page: Page) -> None:
    """Press the form's button."""
    page.locator("form").first.get_by_role("button", name="Save").click()


def test_shows_the_servers_words_at_the_field_and_keeps_the_input(form: Page) -> None:
    problem = {
        "status": 422,
        "detail": "Check the marked fields.",
        "errors": [
            {"pointer": "/name", "detail": "This name is taken."},
            {"pointer": "/elsewhere", "detail": "The plan has ended."},
        ],
    }
    form.route(ENDPOINT, lambda route: route.fulfill(status=422, json=problem))
    save(form)
    summary = form.locator("[data-summary]").first
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Check the marked fields.")
    expect(summary).to_contain_text("The plan has ended.")
    expect(form.locator("#name")).to_have_attribute("aria-invalid", "true")
    expect(form.locator("#name-error")).to_have_text("This name is taken.")
    expect(form.locator("#name")).to_have_value("Buttek um Eck")


def test_takes_the_error_away_when_the_field_is_put_right(form: Page) -> None:
    problem = {"errors": [{"pointer": "/name", "detail": "This name is taken."}]}
    form.route(ENDPOINT, lambda route: route.fulfill(status=422, json=problem))
    save(form)
    expect(form.locator("#name-error")).to_be_visible()
    form.locator("#name").press_sequentially("!")
    expect(form.locator("#name-error")).to_be_hidden()


def test_says_that_the_server_is_out_of_reach_and_keeps_the_input(form: Page) -> None:
    form.route(ENDPOINT, lambda route: route.abort())
    save(form)
    expect(form.locator("[data-summary]").first).to_contain_text("The server cannot be reached.")
    expect(form.locator("#name")).to_have_value("Buttek um Eck")


def test_is_sent_once_however_often_it_is_pressed(form: Page) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    form.route(ENDPOINT, hold)
    button = form.locator("form").first.get_by_role("button", name="Save")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    form.locator("#name").press("Enter")
    form.locator("#name").press("Enter")
    assert len(waiting) == 1
    assert waiting[0].request.post_data_json == {
        "name": "Buttek um Eck",
        "interval": "monthly",
        "alerts": True,
    }
    waiting[0].fulfill(json={})
    expect(button).not_to_have_attribute("aria-busy", "true")
