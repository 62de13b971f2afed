"""Lists keep what they show in the address."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

ENDPOINT = "**/static/core/design/filled.json*"
NOTHING: dict[str, object] = {
    "items": [],
    "next_cursor": None,
    "total": 0,
    "total_is_estimate": False,
}


def asked(page: Page) -> dict[str, list[str]]:
    """The parameters in the page's address."""
    return parse_qs(urlsplit(page.url).query)


def test_writes_amounts_and_dates_in_the_language_of_the_page(design: Page) -> None:
    row = design.get_by_role("row", name="Fleurs de Printemps")
    expect(row.get_by_role("cell").nth(3)).to_have_text("March 14, 2027")
    expect(row.get_by_role("cell").nth(4)).to_have_text("€399.00")
    expect(design.get_by_text("1,204 results")).to_be_visible()


def test_puts_the_sort_into_the_address_and_turns_it_around(design: Page) -> None:
    head = design.get_by_role("columnheader", name="Per month")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert asked(design) == {"sort": ["amount"]}
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert asked(design) == {"sort": ["-amount"]}


def test_asks_the_server_for_what_the_address_says(design: Page) -> None:
    with design.expect_request(ENDPOINT) as request:
        design.goto("/design?search=mosel&status=active&sort=-amount&cursor=abc")
    assert parse_qs(urlsplit(request.value.url).query) == {
        "search": ["mosel"],
        "status": ["active"],
        "sort": ["-amount"],
        "cursor": ["abc"],
        "limit": ["10"],
    }
    expect(design.get_by_role("searchbox").first).to_have_value("mosel")
    expect(design.get_by_role("combobox", name="Status").first).to_have_value("active")


def test_back_button_returns_to_the_page_before(design: Page) -> None:
    region = design.get_by_role("region", name="Merchants", exact=True)
    region.get_by_role("button", name="Next page").click()
    expect(region.get_by_role("button", name="Back to the first page")).to_be_visible()
    assert asked(design) == {"cursor": ["page-2"]}
    design.go_back()
    expect(region.get_by_role("button", name="Back to the first page")).to_be_hidden()
    assert asked(design) == {}


def test_a_filter_starts_again_at_the_first_page(design: Page) -> None:
    design.get_by_role("button", name="Next page").first.click()
    design.get_by_role("combobox", name="Status").first.select_option("trial")
    design.wait_for_url("**/design?status=trial")


def test_offers_to_clear_filters_that_find_nothing(design: Page) -> None:
    design.route(ENDPOINT, lambda route: route.fulfill(json=NOTHING))
    design.goto("/design?search=nobody")
    region = design.get_by_role("region", name="Merchants", exact=True)
    expect(region.get_by_text("No matches")).to_be_visible()
    design.unroute(ENDPOINT)
    region.get_by_role("button", name="Clear filters").click()
    expect(region.get_by_role("row", name="Moselwein Kellerei")).to_be_visible()
    assert asked(design) == {}


def test_shows_what_went_wrong_and_tries_again(design: Page) -> None:
    def refuse(route: Route) -> None:
        problem = json.dumps({"detail": "The database is away.", "status": 503})
        route.fulfill(status=503, body=problem, content_type="application/problem+json")

    design.route(ENDPOINT, refuse)
    design.reload()
    region = design.get_by_role("region", name="Merchants", exact=True)
    expect(region.get_by_text("The database is away.")).to_be_visible()
    design.unroute(ENDPOINT)
    region.get_by_role("button", name="Try again").click()
    expect(region.get_by_role("row", name="Moselwein Kellerei")).to_be_visible()
