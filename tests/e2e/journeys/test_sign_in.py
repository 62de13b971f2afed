"""Getting in and out."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

LANDINGS = {
    "admin@demo.test": ("/admin", "Overview"),
    "platform@demo.test": ("/admin", "Übersicht"),
    "owner@demo.test": ("/merchant", "Overview"),
    "manager@demo.test": ("/store/weber", "Bäckerei Weber"),
    "staff@demo.test": ("/store/weber", "Bäckerei Weber"),
}


@pytest.mark.parametrize("email", LANDINGS)
def test_leads_everybody_to_their_first_page(visit: Visit, email: str) -> None:
    visitor = visit()
    path, title = LANDINGS[email]
    visitor.open("/")
    visitor.sign_in_by_page(email)
    visitor.page.wait_for_url(f"**{path}")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(title)


def test_says_that_the_password_is_wrong_and_keeps_the_address(visit: Visit) -> None:
    visitor = visit()
    visitor.witness.expect("status of 400")
    page = visitor.open("/login")
    visitor.sign_in_by_page("owner@demo.test", "not the password")
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    expect(page.get_by_label("Email address")).to_have_value("owner@demo.test")
    assert page.url.endswith("/login")


def test_refuses_the_right_password_too_after_ten_wrong_ones(visit: Visit) -> None:
    visitor = visit()
    visitor.witness.expect("status of 400", "status of 429")
    page = visitor.open("/login")
    for _ in range(10):
        with page.expect_response("**/auth/login"):
            visitor.sign_in_by_page("owner@schmit.test", "not the password")
        expect(page.get_by_role("button", name="Sign in")).not_to_have_attribute(
            "aria-busy", "true"
        )
    visitor.sign_in_by_page("owner@schmit.test")
    expect(page.get_by_role("alert")).to_contain_text("Too many")
    assert page.url.endswith("/login")


def test_signs_out_and_does_not_come_back_by_the_back_button(visit: Visit) -> None:
    page = visit("staff@demo.test").open("/store/weber")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/login")
    page.go_back()
    page.wait_for_url("**/login?next=*")


def test_leads_to_sign_in_when_the_session_has_ended_and_back_to_the_same_view(
    visit: Visit,
) -> None:
    visitor = visit("admin@demo.test")
    visitor.witness.expect("status of 401")
    page = visitor.open("/admin/merchants?search=weber")
    visitor.context.clear_cookies()
    page.get_by_role("searchbox").fill("weber schmit")
    page.wait_for_url("**/login?next=*")
    visitor.settle()
    visitor.sign_in_by_page("admin@demo.test")
    page.wait_for_url("**/admin/merchants?search=weber+schmit")


def test_leads_nobody_to_another_site_after_signing_in(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/login?next=//elsewhere.test/")
    visitor.sign_in_by_page("owner@demo.test")
    visitor.page.wait_for_url("**/merchant")
