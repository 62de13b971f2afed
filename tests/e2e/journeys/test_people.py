"""From sign-up to a team: mails, invitations, roles, and what they open."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.measures import violations
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser

PHRASE = "a long enough phrase"


@pytest.fixture
def admin(visit: Visit) -> Visitor:
    """Somebody who may read kept mails."""
    return visit("admin@demo.test")


def link_in(text: str) -> str:
    """The path of the one link of a mail."""
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", text)
    return str(link)


def sign_up(visitor: Visitor, name: str) -> Page:
    """Create a merchant with a store of this code on the first platform of the list."""
    page = visitor.open("/signup")
    page.get_by_label("Company").fill(name.title())
    page.get_by_label("Store name").fill(name.title())
    expect(page.get_by_label("Store code")).to_have_value(name)
    page.get_by_label("Email address").fill(f"owner@{name}.test")
    page.get_by_label("Password", exact=True).fill(PHRASE)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url(lambda address: "/signup" not in address)
    return page


def test_signs_a_merchant_up_and_proves_the_address(visit: Visit, admin: Visitor) -> None:
    visitor = visit()
    page = sign_up(visitor, "kornblumm")
    visitor.open("/account")
    expect(page.get_by_text("This address is not confirmed yet")).to_be_visible()
    mail = admin.mail_to("owner@kornblumm.test", "Confirm your email address")
    visitor.open(link_in(mail))
    expect(page.get_by_text("Confirmed:")).to_be_visible()
    expect(page.locator("main")).to_contain_text("owner@kornblumm.test")
    visitor.open("/account")
    expect(page.get_by_text("This address is not confirmed yet")).to_be_hidden()


def test_refuses_a_taken_store_code_at_its_field_and_keeps_what_was_typed(visit: Visit) -> None:
    visitor = visit()
    visitor.witness.expect("status of 409")
    page = visitor.open("/signup")
    page.get_by_label("Company").fill("Zweites Weber")
    page.get_by_label("Store name").fill("Weber")
    page.get_by_label("Email address").fill("second@weber.test")
    page.get_by_label("Password", exact=True).fill(PHRASE)
    page.get_by_role("button", name="Create account").click()
    expect(page.locator("[data-summary]")).to_be_visible()
    expect(page.get_by_label("Company")).to_have_value("Zweites Weber")
    assert page.url.endswith("/signup")


def test_invites_a_member_who_sees_what_the_role_allows(visit: Visit, admin: Visitor) -> None:
    owner = visit()
    sign_up(owner, "roudelt")
    page = owner.open("/store/roudelt/team?lang=en")
    invite(page, "nadia@roudelt.test", "Staff")
    expect(page.get_by_role("row", name="nadia@roudelt.test")).to_contain_text("Invited")

    member = visit()
    mail = admin.mail_to("nadia@roudelt.test", "Roudelt")
    theirs = member.open(f"{link_in(mail)}?lang=en")
    assert violations(theirs) == []
    theirs.get_by_label("Your name").fill("Nadia <b>Fonck</b>")
    theirs.get_by_label("Choose a password").fill(PHRASE)
    theirs.get_by_role("button", name="Accept the invitation").click()
    theirs.wait_for_url("**/store/roudelt")
    member.settle()
    rail = theirs.get_by_role("navigation", name="Navigation")
    expect(rail.get_by_role("link", name="Orders")).to_be_visible()
    expect(rail.get_by_role("link", name="Team")).to_have_count(0)

    owner.open("/store/roudelt/team")
    row = page.get_by_role("row", name="nadia@roudelt.test")
    expect(row).to_contain_text("Nadia <b>Fonck</b>")  # a name is text, never markup
    change_role(page, "nadia@roudelt.test", "Manager")
    expect(row).to_contain_text("Manager")
    member.open("/store/roudelt")
    expect(rail.get_by_role("link", name="Team")).to_be_visible()

    act(page, "nadia@roudelt.test", "Remove")
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    member.witness.expect("status of 404")
    member.open("/store/roudelt")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Not found")


def test_says_in_the_dialog_that_the_plan_has_no_seat_left(visit: Visit) -> None:
    owner = visit()
    owner.witness.expect("status of 403")
    sign_up(owner, "wollef")
    page = owner.open("/store/wollef/team?lang=en")
    invite(page, "first@wollef.test", "Staff")
    send_invitation(page, "second@wollef.test", "Staff")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("Your plan allows 1, and 1 are used.")
    expect(dialog.get_by_label("Email address")).to_have_value("second@wollef.test")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("row", name="second@wollef.test")).to_have_count(0)


def test_sets_a_new_password_by_mail_and_ends_every_session(visit: Visit, admin: Visitor) -> None:
    visitor = visit()
    sign_up(visitor, "hiewel")
    stranger = visit()
    page = stranger.open("/forgot-password")
    page.get_by_label("Email address").fill("owner@hiewel.test")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("Check your inbox")).to_be_visible()
    mail = admin.mail_to("owner@hiewel.test", "password")
    stranger.open(link_in(mail))
    page.get_by_label("New password").fill("another long phrase")
    page.get_by_role("button", name="Save password").click()
    page.wait_for_url("**/login")
    expect(page.get_by_text("Your new password is set.")).to_be_visible()
    stranger.sign_in_by_page("owner@hiewel.test", "another long phrase")
    page.wait_for_url(lambda address: "/login" not in address)
    visitor.page.goto("/account")
    visitor.page.wait_for_url("**/login?next=*")


def invite(page: Page, email: str, role: str) -> None:
    """Invite somebody from the team's page."""
    send_invitation(page, email, role)
    expect(page.get_by_role("dialog")).to_be_hidden()


def send_invitation(page: Page, email: str, role: str) -> None:
    """Fill in the dialog and send it, whatever comes of it."""
    page.get_by_role("button", name="Invite").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email address").fill(email)
    dialog.get_by_label("Role").select_option(role)
    dialog.get_by_role("button", name="Send").click()


def change_role(page: Page, email: str, role: str) -> None:
    """Give a member another role."""
    act(page, email, "Change role")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Role").select_option(role)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()


def act(page: Page, email: str, action: str) -> None:
    """Choose an action from the menu of a member's row."""
    row = page.get_by_role("row", name=email)
    row.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=action).locator("visible=true").click()
